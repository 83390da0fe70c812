# The platform's list shows another status
# What is displayed and what is recorded differ.
Shows: S4 CL-082

Monday 2026-11-16
  09:00 agent ann opts Ana in [shown]
          with verbal_call of 08:55
          the platform shows opted out

In the end
  Ana: opted in, not blocked, level informational
  finding CL-082 medium on [shown], open
