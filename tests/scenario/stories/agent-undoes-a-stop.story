# An agent opts a contact back in after its STOP
# The evidence shown is older than the STOP. The act stands as it was made; nothing may be sent on the strength of it.
Shows: S9 T6 CL-002

Monday 2026-11-16
  08:00 Ana sends "hello"
  10:00 Ana sends "STOP"
  11:00 agent ann opts Ana in [undone]
          with verbal_call of 09:00

In the end
  Ana: opted in, not blocked, level none
  Ana: personal message is denied (consent_disputed)
  Ana: campaign is denied (consent_disputed)
  finding CL-002 critical on [undone], open
