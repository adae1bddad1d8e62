/** Everything is drawn in the browser, from the device's own copy; the server only serves the shell. */
export const ssr = false;
export const prerender = false;
