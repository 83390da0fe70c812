# A STOP that arrives after a box ticked on older consent
# The box was ticked later than the STOP was sent, on a call from before it: the STOP takes effect on arrival.
Shows: S1 S9 T1 CL-010 CL-070

Monday 2026-11-16
  10:20 agent ann opts Ana in
          with verbal_call of 09:50
  10:30 Ana sends "STOP" [late]
          dated 10:00

In the end
  Ana: opted out, not blocked, level none
  finding CL-010 medium on [late], open
  finding CL-070 high on [late], open
