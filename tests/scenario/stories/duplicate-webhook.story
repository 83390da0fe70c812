# The provider delivers a STOP three times
# A message id that is known never acts again: neither at once, nor after the contact has come back.
Shows: S1 S2 T2

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 Ana sends "Stop" [stop]
          answer: class stop; 1 entry
  10:01 [stop] is delivered again
          answer: class stop; repeated
  then Ana: opted out, not blocked, level none
  11:00 Ana sends "I have another question"
          answer: class other; 1 entry
  11:30 [stop] is delivered again
          answer: repeated

In the end
  Ana: opted in, not blocked, level conversational
  no findings
