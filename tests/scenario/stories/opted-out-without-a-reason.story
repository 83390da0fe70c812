# An agent opts out without a reason
# Nothing is owed to the contact; it is noted.
Shows: S8 S9 T7 CL-014

Monday 2026-11-16
  09:00 Ana sends "hello"
  09:30 Ben sends "hello"
  10:00 agent ann opts Ana out [no-reason]
  10:10 agent ann opts Ben out, because "asked at the counter"

In the end
  Ana: opted out, not blocked, level none
  Ben: opted out, not blocked, level none
  finding CL-014 info on [no-reason], open
