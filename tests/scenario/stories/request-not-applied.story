# The platform does not apply a request and a STOP
# The ledger counts both contacts as out, and the platform still shows them as opted in.
Shows: S1 S8 CL-011 CL-016

Monday 2026-11-16
  09:00 Ana sends "hello"
  09:01 Ben sends "hello"
  10:00 Ana asks to be opted out by email, noted by agent ann [request]
          the platform shows opted in
  10:10 the platform says that Ben sent a STOP [stop]
          the platform shows opted in

In the end
  Ana: opted out, not blocked, level none
  Ben: opted out, not blocked, level none
  finding CL-016 critical on [request], open
  finding CL-011 critical on [stop], open
