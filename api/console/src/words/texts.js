// Texts that somebody else wrote, so that what is seen is what is there.

// Controls, marks that change the direction of writing, and signs of no width: seen, they could make one text look like another.
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** The text with what cannot be seen as `\u202e`. */
export const visible = (text) => String(text).replace(unseen, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
