// Who is signed in. Everything here lives in memory alone and is gone when the page is closed or reloaded: a token in the browser's storage
// would be there for the next user of the machine.
const listeners = new Set();

export const session = {
  token: "",
  who: null, // what /v1/whoami said
  account: "",
  key: "", // a verifier key that the user got elsewhere, and trusts
  notice: "", // what the sign-in page says first
};

/** Changes the session and tells whoever shows it. */
export function update(changes) {
  Object.assign(session, changes);
  for (const listener of listeners) listener();
}

export function signOut(notice = "") {
  update({ token: "", who: null, account: "", key: "", notice });
}

/** Calls `listener` after every change; returns what ends that. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
