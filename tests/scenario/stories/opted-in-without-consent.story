# The box is ticked with nothing to show for it
# The fact is recorded as it was made, and it carries no level.
Shows: S6 S9 T6 CL-001

Monday 2026-11-16
  09:00 agent ann opts Ana in [ticked]

In the end
  Ana: opted in, not blocked, level none
  Ana: campaign is denied (level_too_low)
  finding CL-001 critical on [ticked], open
