# A message from a short code
# No person's phone: taken and ignored.
Shows: S1

Monday 2026-11-16
  09:00 Ana sends "hello"
  09:05 the short code 262966 sends "STOP"
          answer: no entries

In the end
  Ana: opted in, not blocked, level conversational
  no findings
