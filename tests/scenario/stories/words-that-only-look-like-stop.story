# Messages that only look like a STOP
# The word inside an ordinary sentence is no opt-out. Whoever writes first is opted in, so that it can be answered, and no further.
Shows: S1 S4 T14

Monday 2026-11-16
  09:00 Ana sends "We have got to STOP this terrible bill from passing!!"
          answer: class other; 1 entry
  09:01 Ben sends "I'll stop by tomorrow"
          answer: class other; 1 entry
  09:02 Cara sends "Yup next stop."
          answer: class other; 1 entry

In the end
  Ana: opted in, not blocked, level conversational
  Ana: personal message is allowed
  Ana: campaign is denied (level_too_low)
  Ben: opted in, not blocked, level conversational
  Cara: opted in, not blocked, level conversational
  no findings
