# A STOP that arrives after a newer consent
# The customer called after sending it, and the call is on record: the later wish stands.
Shows: S1 T1 CL-010 CL-070

Monday 2026-11-16
  10:20 agent ann opts Ana in
          with verbal_call of 10:15
  10:30 Ana sends "STOP" [late]
          dated 10:00
          answer: class stop; 1 entry

In the end
  Ana: opted in, not blocked, level informational
  Ana: personal message is allowed
  finding CL-010 medium on [late], open
  finding CL-070 high on [late], open
