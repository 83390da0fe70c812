# Acts without a known person behind them
# Blocking and ticking are done by people, and the record names them; a name has to be on the roster.
Shows: S5 CL-006

Monday 2026-11-16
  09:00 the account has agent ann
  09:10 agent ann opts Ana in
          with verbal_call of 09:05
  09:20 agent bob opts Ana out, because "asked by phone" [stranger]
  09:30 nobody blocks Ana [nobody]
  09:40 system nightly unblocks Ana [machine]

In the end
  Ana: opted out, not blocked, level none
  finding CL-006 high on [stranger], open
  finding CL-006 high on [nobody], open
  finding CL-006 high on [machine], open
