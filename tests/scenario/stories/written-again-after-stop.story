# A new message after a STOP
# It opts back in so that it can be answered: to a conversation, never to the campaigns that there was consent to before.
Shows: S2 T3 T14 T15

Monday 2026-11-16
  09:00 the account has list promo for marketing, needs promotional
  09:10 Ana consents by form
          with web_form for marketing naming promo
          for marketing
          naming promo
  09:20 agent ann adds Ana to list promo
  10:00 Ana sends "STOP"

Tuesday 2026-11-17
  10:00 Ana sends "Is the shop open today?"
          answer: class other; 1 entry; no reply

In the end
  Ana: opted in, not blocked, level conversational
  Ana: on promo (none)
  Ana: personal message is allowed
  Ana: campaign to promo is denied (level_too_low)
  no findings
