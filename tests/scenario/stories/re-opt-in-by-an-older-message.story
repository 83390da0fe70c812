# The platform opts back in by an older message
# The message was sent before the STOP. The contact stays out.
Shows: S2 T3 CL-021

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 Ana sends "STOP"
  10:02 the platform says that a message opted Ana in [older]
          with inbound_sms of 09:59

In the end
  Ana: opted out, not blocked, level none
  finding CL-021 high on [older], open
