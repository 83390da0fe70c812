# Added to the list again after OPTOUT
# Without newer consent to this list the addition is flagged, and the list stays closed to campaigns. Taking it back answers it.
Shows: S15 S19 T13 CL-045

Monday 2026-11-16
  09:00 the account has list promo for marketing
  09:01 the account answers "OPTOUT" by trigger OPTOUT, class optout, for list promo
  09:10 Ana consents by form
          with web_form for marketing naming promo
          for marketing
          naming promo
  09:20 agent ann adds Ana to list promo
  10:00 Ana sends "OPTOUT"
  10:10 agent ann removes Ana from list promo

Tuesday 2026-11-17
  09:00 agent bob adds Ana to list promo [again]
  then Ana: campaign to promo is denied (list_optout_pending)
  11:00 agent ann removes Ana from list promo [back]

In the end
  Ana: opted in, not blocked, level promotional
  Ana: campaign to promo is denied (list_optout_pending)
  finding CL-045 critical on [again], cured by [back]
