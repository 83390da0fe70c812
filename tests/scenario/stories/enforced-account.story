# An account that enforces its rules
# What is critical is refused and leaves no trace; an opt-out or a block never is.
Shows: S9 S14 S15 T6 T13

Monday 2026-11-16
  08:00 the account enforces its rules
  08:01 the account has list promo for marketing
  08:02 the account answers "OPTOUT" by trigger OPTOUT, class optout, for list promo
  09:00 agent ann opts Ana in
          answer: refused refused_by_policy
  then Ana: nobody has heard of
  09:10 agent ann opts Ana in
          with verbal_call of 09:05
  09:20 Ana sends "STOP"
  09:30 agent ann opts Ana in
          with verbal_call of 09:05
          answer: refused refused_by_policy
  10:00 agent ann blocks Ana
  10:10 agent ann opts Ana in
          with verbal_call of 10:05
          answer: refused refused_by_policy
  10:20 agent ann unblocks Ana
          the platform shows opted in, not blocked
          answer: refused refused_by_policy
  10:30 agent ann unblocks Ana
  11:00 Ana sends "hello"
  11:10 agent ann adds Ana to list promo
          answer: refused refused_by_policy
  12:00 Ben asks to be opted out by phone, noted by agent ann [late]
          dated 2026-10-01 10:00

In the end
  Ana: opted in, not blocked, level conversational
  Ben: opted out, not blocked, level none
  finding CL-010 critical on [late], open
  finding CL-070 high on [late], open
