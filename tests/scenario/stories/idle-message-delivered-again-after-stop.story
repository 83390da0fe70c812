# A message without effect is delivered again, after the STOP
# It made no entry when it came first, and it makes none when it comes again.
Shows: S2 T3

Monday 2026-11-16
  09:00 Ana sends "hello"
  09:30 Ana sends "size M please" [size]
          undated
          answer: class other; no entries
  10:00 Ana sends "STOP"

Friday 2026-12-11
  10:05 [size] is delivered again
          answer: repeated

In the end
  Ana: opted out, not blocked, level none
  no findings
