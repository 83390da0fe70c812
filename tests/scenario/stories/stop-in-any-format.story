# STOP in any format
# Case, width, punctuation, courtesy, emoji, another of the seven words, another language: each opts out, also a number nobody knew.
Shows: S1 T1

Monday 2026-11-16
  09:00 Ana sends "S.T.O.P!!"
          answer: class stop; 1 entry
  09:01 Ben sends "ＳＴＯＰ"
          answer: class stop; 1 entry
  09:02 Cara sends "Stop. Thank you"
          answer: class stop; 1 entry
  09:03 Dan sends "REVOKE"
          answer: class stop; 1 entry
  09:04 Eve sends "unsubscribe"
          answer: class stop; 1 entry
  09:05 Fay sends "🛑 STOP"
          answer: class stop; 1 entry
  09:06 Gus sends "ARRÊT"
          answer: class stop; 1 entry
  09:07 Hal sends "Quit"
          answer: class stop; 1 entry
  09:08 Ida sends "CANCEL"
          answer: class stop; 1 entry
  09:09 Jon sends "end"
          answer: class stop; 1 entry
  09:10 Kim sends "opt out"
          answer: 1 entry

In the end
  Ana: opted out, not blocked, level none
  Ben: opted out, not blocked, level none
  Cara: opted out, not blocked, level none
  Dan: opted out, not blocked, level none
  Eve: opted out, not blocked, level none
  Fay: opted out, not blocked, level none
  Gus: opted out, not blocked, level none
  Hal: opted out, not blocked, level none
  Ida: opted out, not blocked, level none
  Jon: opted out, not blocked, level none
  Kim: opted out, not blocked, level none
  no findings
