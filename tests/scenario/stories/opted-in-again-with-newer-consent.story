# Opted in again after a STOP, on newer consent
# The customer calls after its STOP, and the call is on record: nothing is wrong with it.
Shows: S9 T6

Monday 2026-11-16
  08:00 Ana sends "hello"
  10:00 Ana sends "STOP"
  11:00 agent ann opts Ana in
          with verbal_call of 10:55

In the end
  Ana: opted in, not blocked, level informational
  Ana: personal message is allowed
  no findings
