# A message that only read like a revocation
# The person who looks says so: campaigns go on.
Shows: S1 T14

Monday 2026-11-16
  09:00 Ana consents by form
          with web_form for marketing
          for marketing
  15:00 Ana sends "not interested" [own-words]
          answer: class review; 1 entry
  15:10 agent ann gives duty [own-words] of Ana to bea
  then Ana: review due 2026-12-01, from [own-words], given to bea
  16:00 agent bea resolves review [own-words] of Ana: no opt-out

In the end
  Ana: opted in, not blocked, level promotional
  Ana: campaign is allowed
  no findings
