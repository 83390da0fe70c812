# The disclosure was written after the form was signed
# Consent is to the words that were shown.
Shows: S9 CL-079

Monday 2026-11-16
  08:00 the account has disclosure d1 "By joining you agree to marketing texts. Reply STOP to end."
  09:00 Ana consents by form [signed-before]
          with web_form of 07:30 for marketing
          under disclosure d1
          for marketing
  09:10 Ben consents by form
          with web_form of 09:05 for marketing
          under disclosure d1
          for marketing
  09:20 Cara consents by form [unknown]
          with web_form of 09:15 for marketing
          under disclosure d9
          for marketing

In the end
  Ana: opted in, not blocked, level promotional
  Ben: opted in, not blocked, level promotional
  Cara: opted in, not blocked, level promotional
  finding CL-079 medium on [signed-before], open
  finding CL-079 medium on [unknown], open
