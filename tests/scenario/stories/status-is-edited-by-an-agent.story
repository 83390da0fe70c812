# An agent edits a contact
# Ticking and unticking the box with the customer's consent and with a reason. Another name, or a correction, changes no status.
Shows: S5 S6 S7 S8 T6 T7 I4

Monday 2026-11-16
  09:00 the account has agent ann
  09:10 agent ann opts Ana in, noting "asked for it by phone" [ticked]
          with verbal_call of 09:05
  then Ana: opted in, not blocked, level informational
  09:20 agent ann edits the name of Ana
  09:30 agent ann corrects the record of [ticked] of Ana
  then Ana: opted in, not blocked, level informational
  10:00 agent ann opts Ana out, because "asked at the counter"

In the end
  Ana: opted out, not blocked, level none
  Ana: personal message is denied (opted_out)
  no findings
