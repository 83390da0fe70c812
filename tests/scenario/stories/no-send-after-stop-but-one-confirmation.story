# After a STOP nothing is sent but its confirmation
# One, within five minutes.
Shows: S8 S11 I3 T15

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 Ana sends "STOP"
  10:04 Ben sends "hello"
  then Ana: confirmation is allowed
  then Ana: personal message is denied (opted_out)
  10:06 Ben sends "are you there?"
  then Ana: confirmation is denied (opted_out)

In the end
  Ana: opted out, not blocked, level none
  Ben: opted in, not blocked, level conversational
  no findings
