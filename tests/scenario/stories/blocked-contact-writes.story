# A blocked contact writes
# Whatever it sends has no effect and gets no reply, HELP and OPTOUT included. A STOP is kept all the same.
Shows: S11 T5 I2

Monday 2026-11-16
  08:00 the account has list promo for marketing
  08:01 the account answers "OPTOUT" by trigger OPTOUT, class optout, for list promo
  09:00 Ana sends "hello"
  10:00 agent ann blocks Ana
  10:10 Ana sends "why do you not answer?"
          answer: class other; no entries; no reply
  10:20 Ana sends "HELP"
          answer: class help; no entries; no reply
  10:30 Ana sends "OPTOUT"
          answer: class optout; no entries; no reply
  then Ana: opted out, blocked, level none
  10:40 Ana sends "STOP"
          answer: class stop; 1 entry; no reply

In the end
  Ana: opted out, blocked, level none
  Ana: personal message is denied (blocked)
  Ana: confirmation is denied (blocked)
  no findings
