/**
 * Gates as textbooks and specifications print them, entry by entry, so that the judge of the simulators shares
 * nothing with the registry: OpenQASM 3 (Cross et al., arXiv:2104.14722, stdgates.inc), OpenQASM 2
 * (arXiv:1707.03429, qelib1.inc), Nielsen and Chuang §4.2, IonQ's native gates. The first qubit of a gate is
 * the least significant bit of an index.
 */

/** [re, im]. */
export type Entry = readonly [number, number];
export type Rows = readonly (readonly Entry[])[];

const o: Entry = [0, 0];
const e: Entry = [1, 0];
const i: Entry = [0, 1];
const r = Math.SQRT1_2;

const minus = ([a, b]: Entry): Entry => [a === 0 ? 0 : -a, b === 0 ? 0 : -b];
const real = (x: number): Entry => [x, 0];
const imaginary = (x: number): Entry => [0, x];
const phase = (angle: number): Entry => [Math.cos(angle), Math.sin(angle)];
const times = ([a, b]: Entry, [c, d]: Entry): Entry => [a * c - b * d, a * d + b * c];

/** U(θ, φ, λ) of OpenQASM 3. */
function u(theta: number, phi: number, lambda: number): Rows {
  const [c, s] = [Math.cos(theta / 2), Math.sin(theta / 2)];
  return [
    [real(c), times(real(-s), phase(lambda))],
    [times(real(s), phase(phi)), times(real(c), phase(phi + lambda))],
  ];
}

const p = (lambda: number): Rows => [
  [e, o],
  [o, phase(lambda)],
];

/** exp(−iθ/2·A) of a Hermitian A that is its own inverse, written out: cos(θ/2) − i·sin(θ/2)·A. */
function turn(theta: number, a: Rows): Rows {
  const [c, s] = [Math.cos(theta / 2), Math.sin(theta / 2)];
  return a.map((row, k) =>
    row.map((entry, j) => {
      const [x, y] = times(imaginary(-s), entry);
      return k === j ? [x + c, y] : [x, y];
    }),
  );
}

/** A on every state whose first `count` qubits, the lowest bits, are all 1. */
function controlled(a: Rows, count: number): Rows {
  const [size, ones] = [a.length * 2 ** count, 2 ** count - 1];
  return Array.from({ length: size }, (_, k) =>
    Array.from({ length: size }, (__, j): Entry => {
      const [kLow, jLow] = [k & ones, j & ones];
      if (kLow !== ones || jLow !== ones) return k === j ? e : o;
      return a[k >> count]?.[j >> count] ?? o;
    }),
  );
}

const x: Rows = [
  [o, e],
  [e, o],
];
const y: Rows = [
  [o, minus(i)],
  [i, o],
];
const z: Rows = [
  [e, o],
  [o, minus(e)],
];
const h: Rows = [
  [real(r), real(r)],
  [real(r), real(-r)],
];
const sx: Rows = [
  [
    [0.5, 0.5],
    [0.5, -0.5],
  ],
  [
    [0.5, -0.5],
    [0.5, 0.5],
  ],
];
const sxdg: Rows = [
  [
    [0.5, -0.5],
    [0.5, 0.5],
  ],
  [
    [0.5, 0.5],
    [0.5, -0.5],
  ],
];
const swap: Rows = [
  [e, o, o, o],
  [o, o, e, o],
  [o, e, o, o],
  [o, o, o, e],
];
const exchange = (angle: Entry): Rows => [
  [e, o, o, o],
  [o, o, angle, o],
  [o, angle, o, o],
  [o, o, o, e],
];
const xx: Rows = [
  [o, o, o, e],
  [o, o, e, o],
  [o, e, o, o],
  [e, o, o, o],
];
const yy: Rows = [
  [o, o, o, minus(e)],
  [o, o, e, o],
  [o, e, o, o],
  [minus(e), o, o, o],
];
const zz: Rows = [
  [e, o, o, o],
  [o, minus(e), o, o],
  [o, o, minus(e), o],
  [o, o, o, e],
];
/** The equatorial axes at φ0 of the first qubit and φ1 of the second, together. */
const axes = (phi0: number, phi1: number): Rows => [
  [o, o, o, phase(-phi0 - phi1)],
  [o, o, phase(phi0 - phi1), o],
  [o, phase(phi1 - phi0), o, o],
  [phase(phi0 + phi1), o, o, o],
];
const equator = (phi: number): Rows => [
  [o, phase(-phi)],
  [phase(phi), o],
];
const ecr: Rows = [
  [o, real(r), o, imaginary(r)],
  [real(r), o, imaginary(-r), o],
  [o, imaginary(r), o, real(r)],
  [imaginary(-r), o, real(r), o],
];

/** Margolus' gate: a Toffoli up to phases of three states. */
const rccx: Rows = Array.from({ length: 8 }, (_, k) =>
  Array.from({ length: 8 }, (__, j): Entry => {
    if (k === 3 && j === 7) return minus(i);
    if (k === 7 && j === 3) return i;
    if (k === 5 && j === 5) return minus(e);
    return k === j && k !== 3 && k !== 7 ? e : o;
  }),
);

type Textbook = (...angles: number[]) => Rows;

export const textbookGates: Readonly<Record<string, Textbook>> = {
  c3sqrtx: () => controlled(sx, 3),
  c3sqrtxdg: () => controlled(sxdg, 3),
  c3x: () => controlled(x, 3),
  c4x: () => controlled(x, 4),
  ccx: () => controlled(x, 2),
  ccz: () => controlled(z, 2),
  ch: () => controlled(h, 1),
  cp: (lambda = 0) => controlled(p(lambda), 1),
  crx: (theta = 0) => controlled(turn(theta, x), 1),
  cry: (theta = 0) => controlled(turn(theta, y), 1),
  crz: (theta = 0) => controlled(turn(theta, z), 1),
  cswap: () => controlled(swap, 1),
  csx: () => controlled(sx, 1),
  csxdg: () => controlled(sxdg, 1),
  cu: (theta = 0, phi = 0, lambda = 0, gamma = 0) =>
    controlled(
      u(theta, phi, lambda).map((row) => row.map((entry) => times(phase(gamma), entry))),
      1,
    ),
  cu3: (theta = 0, phi = 0, lambda = 0) => controlled(u(theta, phi, lambda), 1),
  cx: () => controlled(x, 1),
  cy: () => controlled(y, 1),
  cz: () => controlled(z, 1),
  ecr: () => ecr,
  gpi: (phi = 0) => equator(phi),
  gpi2: (phi = 0) => turn(Math.PI / 2, equator(phi)),
  h: () => h,
  id: () => [
    [e, o],
    [o, e],
  ],
  iswap: () => exchange(i),
  iswapdg: () => exchange(minus(i)),
  ms: (phi0 = 0, phi1 = 0, theta = 0) => turn(theta, axes(phi0, phi1)),
  p: (lambda = 0) => p(lambda),
  rccx: () => rccx,
  rx: (theta = 0) => turn(theta, x),
  rxx: (theta = 0) => turn(theta, xx),
  ry: (theta = 0) => turn(theta, y),
  ryy: (theta = 0) => turn(theta, yy),
  rz: (theta = 0) => turn(theta, z),
  rzz: (theta = 0) => turn(theta, zz),
  s: () => [
    [e, o],
    [o, i],
  ],
  sdg: () => [
    [e, o],
    [o, minus(i)],
  ],
  swap: () => swap,
  sx: () => sx,
  sxdg: () => sxdg,
  t: () => [
    [e, o],
    [o, [r, r]],
  ],
  tdg: () => [
    [e, o],
    [o, [r, -r]],
  ],
  u: (theta = 0, phi = 0, lambda = 0) => u(theta, phi, lambda),
  u0: () => [
    [e, o],
    [o, e],
  ],
  u2: (phi = 0, lambda = 0) => u(Math.PI / 2, phi, lambda),
  x: () => x,
  y: () => y,
  z: () => z,
};
