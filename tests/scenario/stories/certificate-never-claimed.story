# A lead's certificate that nobody claimed
# Issuers keep an unclaimed certificate for ninety days.
Shows: S9 CL-003 CL-009

Monday 2026-11-16
  09:00 agent ann opts Ana in [unclaimed]
          with third_party_certificate of 2026-08-10 10:00 lacking claimed_at
  09:10 agent ann opts Ben in
          with third_party_certificate of 2026-11-10 10:00

In the end
  Ana: opted in, not blocked, level informational
  Ben: opted in, not blocked, level informational
  finding CL-003 high on [unclaimed], open
  finding CL-009 medium on [unclaimed], open
