# The wrong list is unticked
# The duty stays open until the contact is off the list that it meant.
Shows: S19 S21 T12 CL-043

Monday 2026-11-16
  09:00 the account has list promo for marketing
  09:01 the account has list news
  09:02 the account answers "OPTOUT" by trigger OPTOUT, class optout, for list promo
  09:10 Ana consents by form
          with web_form for marketing naming promo, news
          for marketing
          naming promo, news
  09:20 agent ann adds Ana to list promo
  09:21 agent ann adds Ana to list news

Friday 2026-11-20
  15:00 Ana sends "OPTOUT" [optout]
  15:30 agent ann removes Ana from list news because of [optout] [wrong]

In the end
  Ana: opted in, not blocked, level promotional
  Ana: on promo (promotional)
  Ana: removal from promo due 2026-12-07, from [optout]
  Ana: campaign to promo is denied (list_optout_pending)
  Ana: campaign to news is denied (not_a_member)
  finding CL-043 high on [wrong], open
