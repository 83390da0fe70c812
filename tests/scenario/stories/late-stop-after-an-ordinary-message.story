# A STOP that arrives after a younger message
# Messages arrive out of order. An ordinary message that was sent later is no reason to ignore a STOP: it takes effect on arrival.
Shows: S1 S2 T1 T3 CL-010 CL-070 CL-072

Monday 2026-11-16
  08:00 Ana sends "hello"
  09:00 Ana sends "STOP"
  10:10 Ana sends "thanks"
  then Ana: opted in, not blocked, level conversational
  10:30 Ana sends "stop" [late]
          dated 10:05
          answer: class stop; 1 entry

In the end
  Ana: opted out, not blocked, level none
  finding CL-010 medium on [late], open
  finding CL-070 high on [late], open
  finding CL-072 low on [late], open
