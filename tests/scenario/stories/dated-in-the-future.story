# A STOP that is dated in the future
# Nobody can put off the order of things: it counts from when it was recorded, and a message after that opts back in.
Shows: S1 S2 CL-071

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 Ana sends "STOP" [future]
          dated 18:00
          answer: class stop; 1 entry
  then Ana: opted out, not blocked, level none
  11:00 Ana sends "hello again" [hello]
          answer: class other; 1 entry

In the end
  Ana: opted in, not blocked, level conversational
  finding CL-071 medium on [future], open
  finding CL-072 low on [hello], open
