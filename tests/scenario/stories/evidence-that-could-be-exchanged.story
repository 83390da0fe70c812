# Evidence in somebody's keeping without a digest
# What the other system holds could be exchanged unseen.
Shows: S9 CL-004

Monday 2026-11-16
  09:00 agent ann opts Ana in [no-digest]
          with in_person of 08:55 held by crm

In the end
  Ana: opted in, not blocked, level informational
  finding CL-004 high on [no-digest], open
