# OPTOUT twice
# Asked twice is due once, by the first asking.
Shows: S19 T11 I7

Friday 2026-12-18
  09:00 the account has list promo for marketing
  09:01 the account answers "OPTOUT" by trigger OPTOUT, class optout, for list promo
  09:10 Ana sends "hello"
  15:00 Ana sends "OPTOUT" [first]
          answer: 1 entry

Monday 2026-12-21
  15:00 Ana sends "optout please"
  15:01 Ana sends "optout"

In the end
  Ana: opted in, not blocked, level conversational
  Ana: removal from promo due 2027-01-05, from [first]
  no findings
