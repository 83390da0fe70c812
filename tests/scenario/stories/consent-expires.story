# The consent expires
# The contact stays opted in, and the level is gone. What is shown again of the expired consent does not count.
Shows: T16 T14 CL-060

Monday 2026-11-16
  09:00 agent ann opts Ana in
          with verbal_call of 08:55
  then Ana: campaign is allowed

Tuesday 2026-11-17
  09:00 the consent of Ana expires
  then Ana: opted in, not blocked, level none
  then Ana: campaign is denied (consent_expired)
  10:00 agent ann opts Ana in [expired]
          with verbal_call of 2026-11-16 08:55
  then Ana: campaign is denied (consent_expired)

Wednesday 2026-11-18
  09:00 agent ann opts Ana in [anew]
          with verbal_call of 08:50

In the end
  Ana: opted in, not blocked, level informational
  Ana: campaign is allowed
  finding CL-060 high on [expired], cured by [anew]
