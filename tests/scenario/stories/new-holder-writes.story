# The new holder of a reassigned number writes, and later consents
# A new tenure starts with nothing. The former holder's STOP is not the new one's.
Shows: S2 T3 T16

Monday 2026-11-16
  09:00 Ana consents by form
          with web_form for marketing
          for marketing
  10:00 Ana sends "STOP"

Tuesday 2026-11-17
  09:00 the number of Ana is reassigned

Wednesday 2026-11-18
  09:00 Ana sends "who is this?"
          answer: class other; 1 entry
  then Ana: opted in, not blocked, level conversational
  10:00 agent ann opts Ana in
          with verbal_call of 09:55

In the end
  Ana: opted in, not blocked, level informational
  no findings
