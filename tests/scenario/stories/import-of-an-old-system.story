# An import from an old system
# Contacts come opted in without consent, opt-outs come years late: noted, and obeyed.
Shows: S4 T1 CL-001 CL-070

Monday 2026-11-16
  09:00 import old-crm adds Ana [ana]
          dated 2024-03-01 10:00
  09:01 import old-crm adds Ben [ben]
          dated 2024-03-01 10:00
  09:02 import old-crm says that Ben sent a STOP [old-stop]
          dated 2024-05-05 10:00
  09:03 import old-crm adds Cara
          with paper_form of 2026-11-15 10:00

In the end
  Ana: opted in, not blocked, level none
  Ben: opted out, not blocked, level none
  Cara: opted in, not blocked, level none
  finding CL-001 medium on [ana], open
  finding CL-070 info on [ana], open
  finding CL-001 medium on [ben], open
  finding CL-070 info on [ben], open
  finding CL-070 info on [old-stop], open
