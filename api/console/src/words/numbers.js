// Numbers and sizes as people read them.

/** `12,345`. */
export const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

/** `3.4 MB`. */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  const [unit, each] = bytes < 1e6 ? ["kB", 1e3] : bytes < 1e9 ? ["MB", 1e6] : ["GB", 1e9];
  return `${(bytes / each).toFixed(1)} ${unit}`;
}
