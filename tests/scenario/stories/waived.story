# A finding is waived
# Counsel has looked at it. It shows as waived until the day that was named; the state is what it was.
Shows: S9 CL-001

Monday 2026-11-16
  09:00 agent ann opts Ana in [ticked]
  10:00 api counsel waives CL-001 on [ticked] until 2026-12-31 [waiver]

Tuesday 2026-11-17
  09:00 agent ann edits the name of Ana

In the end
  Ana: opted in, not blocked, level none
  finding CL-001 critical on [ticked], waived by [waiver]
