/** Code-unit order, not `localeCompare`: every replica must sort alike whatever its language. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
