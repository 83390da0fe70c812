# The platform unblocks and ticks the box
# An unblocking never opts in by itself.
Shows: S12 S14 T9 I5 CL-033

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 agent ann blocks Ana
  11:00 agent ann unblocks Ana [unblocked]
          the platform shows opted in, not blocked

In the end
  Ana: opted out, not blocked, level none
  finding CL-033 high on [unblocked], open
