# On a list and on its opt-out list
# The two contradict each other. The opt-out list denies; leaving it ends the contradiction.
Shows: S20 T12 CL-048

Monday 2026-11-16
  08:00 the account has list promo for marketing
  08:01 the account has list promo-out, the opt-out list of promo
  09:00 Ana consents by form
          with web_form for marketing naming promo
          for marketing
          naming promo
  09:10 agent ann adds Ana to list promo
  10:00 agent ann adds Ana to list promo-out [both]
  then Ana: campaign to promo is denied (list_optout_pending)
  11:00 agent ann removes Ana from list promo-out [one]

In the end
  Ana: opted in, not blocked, level promotional
  Ana: on promo (promotional)
  Ana: campaign to promo is allowed
  finding CL-048 medium on [both], cured by [one]
