# OPTOUT where no list is defined for it
# With no list to be found it is about everything.
Shows: S16 S18 T1 CL-044

Monday 2026-11-16
  09:00 the account has list promo for marketing
  09:10 Ana sends "hello"
  10:00 Ana sends "OPTOUT" [optout]
          answer: class optout; 1 entry; reply "marketing"

In the end
  Ana: opted out, not blocked, level none
  Ana: personal message is denied (opted_out)
  finding CL-044 medium on [optout], open
