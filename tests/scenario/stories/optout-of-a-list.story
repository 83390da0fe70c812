# OPTOUT: off one list by hand
# The word opens a duty with a date and changes nothing else. Ten business days are counted without Thanksgiving. The agent removes the
# contact and puts it on the list's opt-out list.
Shows: S15 S16 S18 S19 S20 S21 T11 T12 T15 I7

Monday 2026-11-16
  09:00 the account has list promo for marketing, needs promotional
  09:01 the account has list news, needs informational
  09:02 the account has list promo-out, the opt-out list of promo
  09:03 the account answers "OPTOUT" by trigger OPTOUT, class optout, for list promo
  09:10 Ana consents by form
          with web_form for marketing naming promo, news
          for marketing
          naming promo, news
  09:20 agent ann adds Ana to list promo
  09:21 agent ann adds Ana to list news

Friday 2026-11-20
  15:00 Ana sends "Optout" [optout]
          answer: class optout; 1 entry; reply "marketing"
  then Ana: opted in, not blocked, level promotional
  then Ana: on promo (promotional), news (promotional)
  then Ana: removal from promo due 2026-12-07, from [optout]
  then Ana: campaign to promo is denied (list_optout_pending)
  then Ana: campaign to news is allowed
  then Ana: personal message is allowed
  15:30 agent ann removes Ana from list promo because of [optout]
  15:31 agent ann adds Ana to list promo-out

In the end
  Ana: opted in, not blocked, level promotional
  Ana: on news (promotional), promo-out (none)
  Ana: campaign to promo is denied (list_optout_pending)
  Ana: campaign to news is allowed
  Ana: personal message is allowed
  no findings
