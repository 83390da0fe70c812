# Added to a marketing list without consent to it
# A conversation is none. A notice list asks for none of it.
Shows: S15 T13 CL-046

Monday 2026-11-16
  08:00 the account has list promo for marketing
  08:01 the account has list news for notices
  09:00 Ana sends "hello"
  12:00 agent ann adds Ana to list promo [added]
  12:01 agent ann adds Ana to list news

In the end
  Ana: opted in, not blocked, level conversational
  Ana: on promo (none), news (none)
  Ana: campaign to promo is denied (level_too_low)
  finding CL-046 high on [added], open
