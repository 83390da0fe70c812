# OPTOUT of a list from somebody who has opted out
# Taken literally it is a new message too: it opts back in, and opens its duty. It is noted.
Shows: S2 S18 T4 T11 CL-024

Monday 2026-11-16
  09:00 the account has list promo for marketing
  09:01 the account answers "OPTOUT" by trigger OPTOUT, class optout, for list promo
  09:10 Ana sends "hello"
  10:00 Ana sends "STOP"
  10:30 Ana sends "optout" [optout]
          answer: class optout; 2 entries

In the end
  Ana: opted in, not blocked, level conversational
  Ana: removal from promo due 2026-11-30, from [optout]
  Ana: campaign to promo is denied (list_optout_pending)
  finding CL-024 info on [optout 2], open
