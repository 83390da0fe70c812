# Removed from the list a day late
# Due at the end of 7 December; done on the 8th. Removed on the last day it is in time.
Shows: S19 T12 CL-041

Monday 2026-11-16
  09:00 the account has list promo for marketing
  09:01 the account answers "OPTOUT" by trigger OPTOUT, class optout, for list promo
  09:10 Ana consents by form
          with web_form for marketing naming promo
          for marketing
          naming promo
  09:11 Ben consents by form
          with web_form for marketing naming promo
          for marketing
          naming promo
  09:20 agent ann adds Ana to list promo
  09:21 agent ann adds Ben to list promo

Friday 2026-11-20
  15:00 Ana sends "OPTOUT"
  15:01 Ben sends "OPTOUT"

Monday 2026-12-07
  23:00 agent ann removes Ben from list promo

Tuesday 2026-12-08
  09:00 agent ann removes Ana from list promo [late]

In the end
  Ana: opted in, not blocked, level promotional
  Ben: opted in, not blocked, level promotional
  finding CL-041 high on [late], open
