# A STOP and an opt-in of the same moment
# Ties go to the opt-out.
Shows: S1 T1

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 Ana sends "STOP"
  10:00 agent ann opts Ana in
          with verbal_call of 10:00

In the end
  Ana: opted out, not blocked, level none
  no findings
