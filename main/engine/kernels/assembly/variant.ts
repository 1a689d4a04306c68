/** What one build is made for; the build script writes this file anew for each of the four variants. */
export const F32: bool = false;
export const RELAXED: bool = true;
export type real = f64;
