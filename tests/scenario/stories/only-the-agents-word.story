# Only the agent's own word
# "Verbally or otherwise" still wants something of the customer's. The word of the agent allows a conversation at the most.
Shows: S14 CL-001 CL-005

Monday 2026-11-16
  09:00 agent ann opts Ana in [ticked]
          with agent_attestation of 08:55

In the end
  Ana: opted in, not blocked, level conversational
  Ana: campaign is denied (level_too_low)
  finding CL-001 critical on [ticked], open
  finding CL-005 medium on [ticked], open
