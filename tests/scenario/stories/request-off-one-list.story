# A request by phone to be taken off one list
# It counts at once, for that list alone.
Shows: S15 S21 T12 T15

Monday 2026-11-16
  08:00 the account has list promo for marketing
  08:01 the account has list news for notices
  09:00 Ana consents by form
          with web_form for marketing naming promo, news
          for marketing
          naming promo, news
  09:10 agent ann adds Ana to list promo
  09:11 agent ann adds Ana to list news
  10:00 Ana asks to be opted out by phone of list promo, noted by agent ann

In the end
  Ana: opted in, not blocked, level promotional
  Ana: on news (promotional)
  Ana: campaign to promo is denied (list_optout_pending)
  Ana: campaign to news is allowed
  Ana: personal message is allowed
  no findings
