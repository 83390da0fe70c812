# The platform opts back in by a second STOP
# A STOP is never the new message.
Shows: S1 S2 T2 CL-022

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 Ana sends "STOP"
  11:00 the platform says that a message opted Ana in [by-stop]
          with inbound_sms of 11:00 saying "Stop!"

In the end
  Ana: opted out, not blocked, level none
  finding CL-022 critical on [by-stop], open
