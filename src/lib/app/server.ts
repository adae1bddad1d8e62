/** What a page may ask of the server before it is in any space. */
export { setupIsOpen } from '../sync/server-api.ts';
export { signInWays } from '../sync/sign-in-api.ts';
