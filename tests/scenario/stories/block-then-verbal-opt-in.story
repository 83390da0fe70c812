# Block, then a verbal opt-in, in the right order
# The contact is unblocked first. The call in which it asked may be older than the unblocking.
Shows: S10 S13 S14 T8 T9 T10 I1 I5

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 agent ann blocks Ana
  then Ana: opted out, blocked, level none
  11:00 agent ann unblocks Ana
  then Ana: opted out, not blocked, level none
  11:05 agent ann opts Ana in
          with verbal_call of 10:30

In the end
  Ana: opted in, not blocked, level informational
  Ana: personal message is allowed
  no findings
