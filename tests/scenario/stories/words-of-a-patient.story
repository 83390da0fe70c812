# An opt-out with words that do not belong here
# The product is not for health information, and it never refuses an opt-out because of its words.
Shows: S22 S8 T1 T7

Monday 2026-11-16
  09:00 Ana sends "hello"
  09:01 Ben sends "hello"
  10:00 agent ann opts Ana out, because "diagnosed with diabetes, MRN 1234567, call 555 0100"
  10:10 agent ann blocks Ben

In the end
  Ana: opted out, not blocked, level none
  Ben: opted out, blocked, level none
  no findings
