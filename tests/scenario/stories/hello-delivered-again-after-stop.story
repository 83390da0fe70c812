# The provider delivers an old "hello" again, after the STOP
# The message carries no time of its own, so that only its id tells. It does not opt back in, not even weeks later.
Shows: S2 T3

Monday 2026-11-16
  09:00 Ana sends "hello" [hello]
          undated
          answer: class other; 1 entry
  10:00 Ana sends "STOP"
  10:05 [hello] is delivered again
          answer: repeated
  then Ana: opted out, not blocked, level none

Monday 2026-12-28
  10:00 [hello] is delivered again
          answer: repeated

In the end
  Ana: opted out, not blocked, level none
  no findings
