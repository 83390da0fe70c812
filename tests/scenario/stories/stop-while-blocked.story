# STOP during a block, then unblocked
# The STOP sent during the block is a revocation: what was agreed to before it never counts again.
Shows: S1 S11 S14 T5 CL-002

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 agent ann blocks Ana
  10:30 Ana sends "STOP"
          answer: class stop; 1 entry
  11:00 agent ann unblocks Ana
  11:05 agent ann opts Ana in [undone]
          with verbal_call of 10:15

In the end
  Ana: opted in, not blocked, level none
  Ana: personal message is denied (consent_disputed)
  finding CL-002 critical on [undone], open
