// Signing out whoever is gone: a token must not wait on an unattended screen, nor in a page that the browser keeps for its back button.
import { session, signOut } from "./session.js";

const idleMs = 30 * 60_000;
const signsOfLife = ["keydown", "pointerdown", "wheel", "touchstart"];

export function watchLeaving() {
  let last = Date.now();
  for (const sign of signsOfLife) addEventListener(sign, () => (last = Date.now()), { passive: true, capture: true });
  setInterval(() => {
    if (session.who && Date.now() - last > idleMs) signOut("Signed out after 30 minutes without a key or a click.");
  }, 30_000);
  addEventListener("pagehide", () => session.who && signOut("The page was left. Sign in again to go on."));
}
