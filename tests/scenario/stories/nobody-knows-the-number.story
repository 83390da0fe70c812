# A number that nobody knows
# Nothing known, nothing allowed.
Shows: I3 T14 T15

Monday 2026-11-16
  09:00 Ana sends "hello"
  then Ben: nobody has heard of
  then Ben: personal message is denied (unknown_number)
  then Ben: campaign is denied (unknown_number)

In the end
  Ana: opted in, not blocked, level conversational
  Ben: nobody has heard of
  no findings
