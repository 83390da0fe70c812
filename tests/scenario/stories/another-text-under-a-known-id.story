# Two texts under one message id
# An ordinary message under a used id is refused. A STOP is not: nothing refuses an opt-out.
Shows: S1 S2

Monday 2026-11-16
  09:00 Ana sends "hello" [hello]
  09:10 Ana sends "STOP"
  09:20 [hello] is delivered again, saying "me again"
          answer: refused idempotency_conflict
  then Ana: opted out, not blocked, level none
  10:00 Ben sends "good morning" [morning]
  10:02 [morning] is delivered again, saying "stop"
          answer: class stop; 1 entry

In the end
  Ana: opted out, not blocked, level none
  Ben: opted out, not blocked, level none
  no findings
