// The view layer, in one place: htm with preact, and the hooks that pages use.
export { html, render, useEffect, useLayoutEffect, useMemo, useRef, useState } from "htm/preact/standalone";
