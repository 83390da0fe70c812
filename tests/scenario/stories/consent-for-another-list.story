# Consent to one list, used for another
# Each list has its own consent.
Shows: S15 S21 T13 T14 CL-007

Monday 2026-11-16
  08:00 the account has list promo for marketing
  08:01 the account has list news for marketing
  09:00 Ana consents by form
          with web_form for marketing naming promo
          for marketing
          naming promo
  09:10 agent ann adds Ana to list promo
  09:20 agent ann adds Ana to list news [added]
          with web_form of 09:00 for marketing naming promo

In the end
  Ana: opted in, not blocked, level promotional
  Ana: on promo (promotional), news (none)
  Ana: campaign to promo is allowed
  Ana: campaign to news is denied (level_too_low)
  finding CL-007 high on [added], open
