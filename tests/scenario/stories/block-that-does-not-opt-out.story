# The platform blocks and leaves the box ticked
# A block opts out in the same act. The ledger counts the contact as out and says what the platform shows.
Shows: S13 T8 I1 CL-032

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 agent ann blocks Ana [blocked]
          the platform shows opted in, blocked
  10:10 agent ann blocks Ben
          the platform shows opted out, blocked

In the end
  Ana: opted out, blocked, level none
  Ben: opted out, blocked, level none
  finding CL-032 high on [blocked], open
