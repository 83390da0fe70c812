# A contact is added by hand
# The platform opts new contacts in by default. That is no consent: no level, and a finding until consent is recorded.
Shows: S4 T6 T14 CL-001

Monday 2026-11-16
  09:00 agent ann adds Ana [added]
  then Ana: opted in, not blocked, level none
  then Ana: campaign is denied (level_too_low)
  09:01 agent ann adds Ben [also-added]
  10:00 agent ann records consent of Ana [form]
          with paper_form of 08:30 for marketing

In the end
  Ana: opted in, not blocked, level informational
  Ana: campaign is allowed
  Ben: opted in, not blocked, level none
  finding CL-001 medium on [added], cured by [form]
  finding CL-001 medium on [also-added], open
