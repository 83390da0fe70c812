# A message sent before the STOP arrives after it
# Only a message that was sent later opts back in; one of the same moment does not either.
Shows: S2 T3

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 Ana sends "STOP"
  10:01 Ana sends "what are your hours?"
          dated 09:59
          answer: class other; no entries
  10:02 Ana sends "and on Sundays?"
          dated 10:00
          answer: class other; no entries

In the end
  Ana: opted out, not blocked, level none
  no findings
