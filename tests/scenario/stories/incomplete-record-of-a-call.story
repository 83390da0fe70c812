# A call without its recording
# The consent counts, its record is incomplete. The whole record for the same entry completes it.
Shows: S9 CL-003

Monday 2026-11-16
  09:00 agent ann opts Ana in [ticked]
          with verbal_call of 08:55 lacking recording, words
  09:30 agent ann opts Ben in [other]
          with verbal_call of 09:25 lacking recording
  10:00 agent ann records consent of Ana for [ticked] [whole]
          with verbal_call of 08:55

In the end
  Ana: opted in, not blocked, level informational
  Ben: opted in, not blocked, level informational
  finding CL-003 high on [ticked], cured by [whole]
  finding CL-003 high on [other], open
