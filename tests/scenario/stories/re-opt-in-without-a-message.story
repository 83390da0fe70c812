# The platform opts back in without a message
# It names a message and shows none; or shows one of another number.
Shows: S2 CL-020 CL-001

Monday 2026-11-16
  08:00 Ben sends "hello"
  09:00 Ana sends "hello"
  10:00 Ana sends "STOP"
  10:01 Ben sends "STOP"
  11:00 the platform says that a message opted Ana in [no-message]
  11:10 the platform says that a message opted Ben in [of-ana]
          with inbound_sms of 11:10 from Ana

In the end
  Ana: opted in, not blocked, level none
  Ben: opted in, not blocked, level conversational
  finding CL-001 critical on [no-message], open
  finding CL-020 critical on [no-message], open
  finding CL-020 critical on [of-ana], open
