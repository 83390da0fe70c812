// The view layer, in one place: htm with preact, and the hooks that pages use.
export { html, render } from "htm/preact";
export { useEffect, useErrorBoundary, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
