/** More entries than this are not listed in a result. */
export const listLimit = 2 ** 20;
/** Without amplitudes at hand each outcome is looked for by itself, so fewer are listed unasked. */
export const sparseListLimit = 2 ** 16;
