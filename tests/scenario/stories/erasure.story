# A person asks to be erased
# Out, and nothing may be sent. The law wants the evidence for five years: an erasure before that is flagged, not refused.
Shows: S22 T16 CL-062

Monday 2026-11-16
  09:00 Ana consents by form
          with web_form for marketing
          for marketing

Tuesday 2026-11-17
  09:00 api dpo erases Ana [erased]

In the end
  Ana: opted out, not blocked, level none
  Ana: personal message is denied (erased)
  finding CL-062 high on [erased], open
