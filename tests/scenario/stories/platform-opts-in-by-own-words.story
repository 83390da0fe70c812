# The platform opts back in by a revocation in own words
# The contact stays out, and the message was missed.
Shows: S1 S2 CL-015

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 Ana sends "STOP"
  11:00 the platform says that a message opted Ana in [missed]
          with inbound_sms of 11:00 saying "leave me alone"

In the end
  Ana: opted out, not blocked, level none
  finding CL-015 high on [missed], open
