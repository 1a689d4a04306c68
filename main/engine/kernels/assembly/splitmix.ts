let state: u64 = 0;

/** Where the numbers of `uniform` start. */
export function seedWith(seed: u64): void {
  state = seed;
}

/** 64 random bits: splitmix64 (Steele, Lea and Flood, OOPSLA 2014). */
export function randomWord(): u64 {
  state += 0x9e3779b97f4a7c15;
  let z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/** In [0, 1) with 53 random bits. */
export function uniform(): f64 {
  return <f64>(randomWord() >> 11) / 9007199254740992.0;
}
