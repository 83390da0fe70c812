# Twenty opt-ins within a minute
# Nobody asks so many people in so little time, whatever the evidence looks like. Nineteen are none of the rule's business.
Shows: S9 CL-077

Monday 2026-11-16
  09:00 agent bob opts in 19 new contacts
          with paper_form of 08:00
  10:00 Ana sends "hello"
  11:00 agent ann opts in 20 new contacts [twentieth]
          with paper_form of 10:50

In the end
  Ana: opted in, not blocked, level conversational
  finding CL-077 high on [twentieth], open
