# OPTOUT on a Friday evening in the United States
# In UTC it is Saturday. The ten business days are those of the sender of the message, not a day more.
Shows: S19 T11

Monday 2026-11-16
  09:00 the account has list promo for marketing
  09:01 the account answers "OPTOUT" by trigger OPTOUT, class optout, for list promo
  09:10 Ana sends "hello"

Saturday 2026-11-21
  03:00 Ana sends "OPTOUT" [optout]
          answer: class optout; 1 entry
  03:01 agent ann gives duty [optout] of Ana to bea

In the end
  Ana: opted in, not blocked, level conversational
  Ana: removal from promo due 2026-12-07, from [optout], given to bea
  no findings
