# Nobody removes the contact
# The due date passes with the contact still on the list. The next thing that is recorded of it says so, once.
Shows: S19 T11 CL-040

Monday 2026-11-16
  09:00 the account has list promo for marketing
  09:01 the account answers "OPTOUT" by trigger OPTOUT, class optout, for list promo
  09:10 Ana consents by form
          with web_form for marketing naming promo
          for marketing
          naming promo
  09:20 agent ann adds Ana to list promo

Friday 2026-11-20
  15:00 Ana sends "OPTOUT" [optout]

Wednesday 2026-12-09
  09:00 agent ann edits the name of Ana [seen]
  09:10 agent ann edits the name of Ana

In the end
  Ana: opted in, not blocked, level promotional
  Ana: on promo (promotional)
  Ana: removal from promo due 2026-12-07, from [optout]
  Ana: campaign to promo is denied (list_optout_pending)
  finding CL-040 critical on [seen], open
