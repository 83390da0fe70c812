# A contact writes after it was unblocked
# Unblocking leaves it out. A message sent after that opts it in; one that was sent before and arrives later does not.
Shows: S12 T9 T3 I2 I5

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 agent ann blocks Ana
  11:00 agent ann unblocks Ana
  then Ana: opted out, not blocked, level none
  11:01 Ana sends "please let me in"
          dated 10:59
          answer: class other; no entries
  then Ana: opted out, not blocked, level none
  11:02 Ana sends "I am sorry"
          answer: class other; 1 entry

In the end
  Ana: opted in, not blocked, level conversational
  Ana: campaign is denied (level_too_low)
  no findings
