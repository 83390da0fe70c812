# Joined the list again by a new form
# A newer consent that names the list answers the OPTOUT: the addition is in order and campaigns may go out.
Shows: S15 T13

Monday 2026-11-16
  09:00 the account has list promo for marketing, needs promotional
  09:01 the account answers "OPTOUT" by trigger OPTOUT, class optout, for list promo
  09:10 Ana consents by form
          with web_form for marketing naming promo
          for marketing
          naming promo
  09:20 agent ann adds Ana to list promo
  10:00 Ana sends "OPTOUT"
  10:10 agent ann removes Ana from list promo

Wednesday 2026-11-18
  09:00 Ana consents by form
          with web_form for marketing naming promo
          for marketing
          naming promo
  09:10 agent ann adds Ana to list promo

In the end
  Ana: opted in, not blocked, level promotional
  Ana: on promo (promotional)
  Ana: campaign to promo is allowed
  no findings
