# HELP from somebody who has opted out
# The source document, taken literally, counts HELP as a new message: it opts back in, and the ledger says so.
Shows: S2 S17 T4 CL-024

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 Ana sends "STOP"
  10:30 Ana sends "HELP" [help]
          answer: class help; 2 entries; reply "STOP"

In the end
  Ana: opted in, not blocked, level conversational
  finding CL-024 info on [help 2], open
