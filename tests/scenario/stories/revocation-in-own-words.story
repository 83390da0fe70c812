# A revocation in the customer's own words
# A person decides. Until then campaigns stay away. It was one: the request follows, and the contact is out.
Shows: S1 T15

Monday 2026-11-16
  09:00 Ana consents by form
          with web_form for marketing
          for marketing
  then Ana: campaign is allowed
  15:00 Ana sends "leave me alone" [own-words]
          answer: class review; 1 entry
  then Ana: opted in, not blocked, level promotional
  then Ana: campaign is denied (review_open)
  then Ana: personal message is allowed
  then Ana: review due 2026-12-01, from [own-words]
  16:00 agent ann resolves review [own-words] of Ana: an opt-out
  16:01 Ana asks to be opted out by text, noted by agent ann

In the end
  Ana: opted out, not blocked, level none
  Ana: campaign is denied (opted_out)
  no findings
