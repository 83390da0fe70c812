# STOPs that were processed late
# Five minutes are the aim, a day is too long, ten business days are the law.
Shows: S1 T1 CL-010 CL-070

Monday 2026-11-16
  09:00 Ana sends "hello"
  09:01 Ben sends "hello"
  09:02 Cara sends "hello"
  09:03 Dan sends "hello"
  10:04 Dan sends "STOP"
          dated 10:00
  10:10 Ana sends "STOP" [minutes]
          dated 10:00

Wednesday 2026-11-18
  10:00 Ben sends "STOP" [days]
          dated 2026-11-16 10:00

Wednesday 2026-12-02
  09:00 Cara sends "STOP" [weeks]
          dated 2026-11-16 10:00

In the end
  Ana: opted out, not blocked, level none
  Ben: opted out, not blocked, level none
  Cara: opted out, not blocked, level none
  Dan: opted out, not blocked, level none
  finding CL-010 medium on [minutes], open
  finding CL-070 high on [minutes], open
  finding CL-010 high on [days], open
  finding CL-070 high on [days], open
  finding CL-010 critical on [weeks], open
  finding CL-070 high on [weeks], open
