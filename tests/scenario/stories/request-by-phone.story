# A request by phone to hear nothing more
# Any way of saying it counts, at once.
Shows: S8 T1

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 Ana asks to be opted out by phone, noted by agent ann

In the end
  Ana: opted out, not blocked, level none
  Ana: personal message is denied (opted_out)
  no findings
