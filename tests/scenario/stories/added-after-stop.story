# Added to a list after a STOP
# The contact wrote again and is in for a conversation; that is no consent to any list.
Shows: S1 S15 T13 CL-045

Monday 2026-11-16
  08:00 the account has list promo for marketing
  09:00 Ana sends "hello"
  10:00 Ana sends "STOP"
  11:00 Ana sends "one more question"
  12:00 agent ann adds Ana to list promo [added]

In the end
  Ana: opted in, not blocked, level conversational
  Ana: on promo (none)
  Ana: campaign to promo is denied (level_too_low)
  finding CL-045 critical on [added], open
