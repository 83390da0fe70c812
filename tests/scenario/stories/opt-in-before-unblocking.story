# The box is ticked before the contact is unblocked
# Recorded, flagged, and without effect. The same opt-in in the right order answers it.
Shows: S14 T10 I1 CL-030

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 agent ann blocks Ana
  10:40 agent ann opts Ana in [too-early]
          with verbal_call of 10:30
  then Ana: opted out, blocked, level none
  11:00 agent ann unblocks Ana
  then Ana: opted out, not blocked, level none
  11:05 agent ann opts Ana in [in-order]
          with verbal_call of 10:30

In the end
  Ana: opted in, not blocked, level informational
  finding CL-030 critical on [too-early], cured by [in-order]
