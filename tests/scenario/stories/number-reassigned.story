# The number has a new holder
# The former holder's consent never counts again, and whoever opts in on the strength of it is flagged.
Shows: S9 T16 CL-061

Monday 2026-11-16
  09:00 Ana consents by form
          with web_form for marketing
          for marketing

Tuesday 2026-11-17
  09:00 the number of Ana is reassigned
  then Ana: opted out, not blocked, level none
  then Ana: campaign is denied (opted_out)

Wednesday 2026-11-18
  09:00 agent ann opts Ana in [former]
          with web_form of 2026-11-16 09:00 for marketing

In the end
  Ana: opted in, not blocked, level none
  Ana: campaign is denied (level_too_low)
  finding CL-061 critical on [former], open
