# The platform posts a change a second time
# The same record is the same entry. Under its name with another content nothing is written, unless it is an opt-out or a block.
Shows: S5 S10

Monday 2026-11-16
  09:00 agent ann opts Ana in [ticked]
          with verbal_call of 08:55
  09:05 [ticked] is delivered again
          answer: repeated

In the end
  Ana: opted in, not blocked, level informational
  no findings
