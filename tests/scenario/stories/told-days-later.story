# An agent's act is recorded three days later
# The time it claims is not the time at which it was told.
Shows: S5 CL-070

Monday 2026-11-16
  09:00 agent ann opts Ana in [late]
          with verbal_call of 2026-11-13 09:00
          dated 2026-11-13 09:05

In the end
  Ana: opted in, not blocked, level informational
  finding CL-070 high on [late], open
