# "Opt out" in two words, where OPTOUT is a trigger of a list
# It is one of the seven words of the law, and about everything; the trigger is one word.
Shows: S1 T1 T11

Monday 2026-11-16
  09:00 the account has list promo for marketing
  09:01 the account answers "OPTOUT" by trigger OPTOUT, class optout, for list promo
  09:10 Ana sends "hello"
  15:00 Ana sends "Opt-out, please!"
          answer: class stop; 1 entry

In the end
  Ana: opted out, not blocked, level none
  no findings
