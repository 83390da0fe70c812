# Consent that was given after the box was ticked
# By itself it raises the level and excuses nothing. Given for the very entry, it cures it.
Shows: S9 CL-001

Monday 2026-11-16
  09:00 agent ann opts Ana in [ticked]
  10:00 agent ann records consent of Ana
          with verbal_call of 09:30
  then Ana: opted in, not blocked, level informational
  11:00 agent ann records consent of Ana for [ticked] [named]
          with verbal_call of 09:30

In the end
  Ana: opted in, not blocked, level informational
  finding CL-001 critical on [ticked], cured by [named]
