/** Path of a browser for end-to-end tests; on Debian as root a missing one is installed first. */
export function ensureTestBrowser(): string | null;
