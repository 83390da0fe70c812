# A legal hold and an erasure
# While a matter holds the contact nothing of it is erased. After five years and the release of the hold it may be.
Shows: S22

Monday 2026-11-16
  09:00 Ana consents by form
          with web_form for marketing
          for marketing
  10:00 api counsel holds Ana for matter m-1
  11:00 api dpo erases Ana
          answer: refused hold
  then Ana: opted in, not blocked, level promotional

Tuesday 2031-11-18
  09:00 api counsel releases Ana for matter m-1
  10:00 api dpo erases Ana

In the end
  Ana: opted out, not blocked, level none
  Ana: campaign is denied (erased)
  no findings
