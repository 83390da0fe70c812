# A STOP during a campaign
# The answer to a campaign opts out of everything at once. The list keeps its member, who is not sent anything any more.
Shows: S1 S8 T1 T14 I6

Monday 2026-11-16
  09:00 the account has list promo for marketing, needs promotional
  09:10 Ana consents by form
          with web_form for marketing naming promo
          for marketing
          naming promo
  09:20 agent ann adds Ana to list promo
  then Ana: campaign to promo is allowed
  10:00 Ana sends "STOP"
          answer: class stop; 1 entry
  then Ana: confirmation is allowed

In the end
  Ana: opted out, not blocked, level none
  Ana: on promo (none)
  Ana: campaign to promo is denied (opted_out)
  Ana: personal message is denied (opted_out)
  no findings
