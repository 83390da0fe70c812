# An agent opts out days after the customer called
# The customer said so when she called: until it was recorded, a check allowed messages. What the same day brings is in time.
Shows: S8 T7 CL-010 CL-070

Monday 2026-11-16
  09:00 Ana sends "hello"
  09:01 Ben sends "hello"
  09:02 Cara sends "hello"
  10:04 agent ann opts Cara out, because "asked at the counter"
          dated 10:00

Wednesday 2026-11-18
  10:00 agent ann opts Ben out, because "called on Monday" [days]
          dated 2026-11-16 10:00

Wednesday 2026-12-02
  09:00 agent ann opts Ana out, because "called two weeks ago" [weeks]
          dated 2026-11-16 10:00

In the end
  Ana: opted out, not blocked, level none
  Ben: opted out, not blocked, level none
  Cara: opted out, not blocked, level none
  finding CL-010 high on [days], open
  finding CL-070 high on [days], open
  finding CL-010 critical on [weeks], open
  finding CL-070 high on [weeks], open
