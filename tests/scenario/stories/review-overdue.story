# Nobody looks at the message in time
# The next thing that is recorded of the contact says so.
Shows: S1 CL-015

Monday 2026-11-16
  09:00 Ana sends "hello"
  15:00 Ana sends "leave me alone" [own-words]

Wednesday 2026-12-02
  09:00 agent ann edits the name of Ana [seen]

In the end
  Ana: opted in, not blocked, level conversational
  Ana: review due 2026-12-01, from [own-words]
  finding CL-015 high on [seen], open
