# The customer had called after the STOP
# The call between the STOP and the ticking is recorded later, for the entry: the dispute is over.
Shows: S9 T6 CL-002

Monday 2026-11-16
  08:00 Ana sends "hello"
  10:00 Ana sends "STOP"
  11:00 agent ann opts Ana in [undone]
          with verbal_call of 09:00
  then Ana: personal message is denied (consent_disputed)
  15:00 agent ann records consent of Ana for [undone] [found]
          with verbal_call of 10:30

In the end
  Ana: opted in, not blocked, level informational
  Ana: personal message is allowed
  finding CL-002 critical on [undone], cured by [found]
