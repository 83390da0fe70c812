# The platform acts on a blocked contact's message
# The claim is recorded and flagged; the contact stays blocked and out.
Shows: S11 T5 I2 CL-031

Monday 2026-11-16
  09:00 Ana sends "hello"
  10:00 agent ann blocks Ana
  10:10 the platform says that a message opted Ana in [acted]
          with inbound_sms of 10:10

In the end
  Ana: opted out, blocked, level none
  finding CL-031 medium on [acted], open
