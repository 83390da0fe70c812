# The recording of the call turns up later
# Consent that was given before the box was ticked, recorded afterwards, cures what the opt-in lacked.
Shows: S9 T6 CL-001

Monday 2026-11-16
  09:00 agent ann opts Ana in [ticked]

Wednesday 2026-11-18
  09:00 agent ann records consent of Ana [recorded]
          with verbal_call of 2026-11-16 08:55

In the end
  Ana: opted in, not blocked, level informational
  finding CL-001 critical on [ticked], cured by [recorded]
