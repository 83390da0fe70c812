# A revocation in own words, after the STOP
# It is a message and it is later, and it never opts back in.
Shows: S2 T2 T3

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 Ana sends "STOP"
  15:00 Ana sends "leave me alone" [own-words]
          answer: class review; 1 entry
  15:30 Ana sends "stop"
          answer: class stop; 1 entry

In the end
  Ana: opted out, not blocked, level none
  Ana: review due 2026-12-01, from [own-words]
  no findings
