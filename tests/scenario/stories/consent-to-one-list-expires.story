# The consent to one list expires
# The other list's consent is another consent.
Shows: S21 T16

Monday 2026-11-16
  08:00 the account has list promo for marketing
  08:01 the account has list news for marketing
  09:00 Ana consents by form
          with web_form for marketing naming promo, news
          for marketing
          naming promo, news
  09:10 agent ann adds Ana to list promo
  09:11 agent ann adds Ana to list news

Tuesday 2026-11-17
  09:00 the consent of Ana expires for list promo

In the end
  Ana: opted in, not blocked, level promotional
  Ana: on promo (none), news (promotional)
  Ana: campaign to promo is denied (consent_expired)
  Ana: campaign to news is allowed
  no findings
