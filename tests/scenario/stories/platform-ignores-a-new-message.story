# The platform does not opt back in
# The feature cannot be disabled. The ledger follows the message and says that the platform shows something else.
Shows: S3 CL-023

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 Ana sends "STOP"
  11:00 the platform says that a message opted Ana in [not-applied]
          with inbound_sms of 11:00
          the platform shows opted out

In the end
  Ana: opted in, not blocked, level conversational
  finding CL-023 low on [not-applied], open
