# A waiver has come to its end
# The finding is open again.
Shows: S9 CL-001

Monday 2026-11-16
  09:00 agent ann opts Ana in [ticked]
  10:00 api counsel waives CL-001 on [ticked] until 2026-11-20

Monday 2026-11-23
  09:00 agent ann edits the name of Ana

In the end
  Ana: opted in, not blocked, level none
  finding CL-001 critical on [ticked], open
