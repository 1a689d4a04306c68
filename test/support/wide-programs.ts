import { rngOf } from '#shared/base/rng.ts';

/** A program as text, with what it is asked for on the command line. */
export interface WideProgram {
  readonly name: string;
  readonly source: string;
  readonly options: readonly string[];
}

function program(qubits: number, lines: readonly string[], bits = 0): string {
  return [
    'OPENQASM 2.0;',
    'include "qelib1.inc";',
    `qreg q[${qubits}];`,
    ...(bits > 0 ? [`creg c[${bits}];`] : []),
    ...lines,
    '',
  ].join('\n');
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** An open line of transverse-field Ising spins in |+…+⟩, kicked `steps` times. */
export function isingQuench(
  sites: number,
  steps: number,
  field: number,
  coupling: number,
): WideProgram {
  const layer = [
    ...range(sites).map((q) => `rx(${field}) q[${q}];`),
    ...range(sites - 1).map((q) => `rzz(${coupling}) q[${q}],q[${q + 1}];`),
  ];
  return {
    name: `Ising quench of ${sites} sites, ${steps} steps`,
    source: program(sites, ['h q;', ...range(steps).flatMap(() => layer)]),
    options: ['--method', 'mps', ...range(sites).flatMap((q) => ['--expect', `X${q}`])],
  };
}

/**
 * ⟨X_q⟩ of that quench: with X_q = iγ(2q)γ(2q+1) and Z_q·Z_{q+1} = iγ(2q+1)γ(2q+2) every gate turns
 * two Majorana operators into each other, so their 2n × 2n covariance says all.
 */
export function freeFermions(
  sites: number,
  steps: number,
  field: number,
  coupling: number,
): number[] {
  const size = 2 * sites;
  const covariance = Array.from({ length: size }, () => new Float64Array(size));
  const entry = (a: number, b: number) => covariance[a]?.[b] ?? Number.NaN;
  const set = (a: number, b: number, value: number) => {
    (covariance[a] as Float64Array)[b] = value;
  };
  const turn = (a: number, b: number, angle: number): void => {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    for (let k = 0; k < size; k++) {
      const [x, y] = [entry(a, k), entry(b, k)];
      set(a, k, cos * x - sin * y);
      set(b, k, sin * x + cos * y);
    }
    for (let k = 0; k < size; k++) {
      const [x, y] = [entry(k, a), entry(k, b)];
      set(k, a, cos * x - sin * y);
      set(k, b, sin * x + cos * y);
    }
  };
  for (let q = 0; q < sites; q++) {
    set(2 * q, 2 * q + 1, 1);
    set(2 * q + 1, 2 * q, -1);
  }
  for (let step = 0; step < steps; step++) {
    for (let q = 0; q < sites; q++) turn(2 * q, 2 * q + 1, field);
    for (let q = 0; q < sites - 1; q++) turn(2 * q + 1, 2 * q + 2, coupling);
  }
  return range(sites).map((q) => entry(2 * q, 2 * q + 1));
}

/** `gates` random H, S and CX on `qubits` qubits, then a shot of all of them. */
export function randomClifford(qubits: number, gates: number, seed: number): WideProgram {
  const rng = rngOf(seed);
  const lines = range(gates).map(() => {
    const first = rng.below(qubits);
    const second = (first + 1 + rng.below(qubits - 1)) % qubits;
    const which = rng.below(3);
    return which === 0
      ? `h q[${first}];`
      : which === 1
        ? `s q[${first}];`
        : `cx q[${first}],q[${second}];`;
  });
  return {
    name: `random Clifford circuit of ${gates} gates on ${qubits} qubits`,
    source: program(qubits, [...lines, 'measure q -> c;'], qubits),
    options: ['--shots', '1000', '--seed', '5'],
  };
}

/** Couplings of a heavy-hex lattice of seven rows and 127 qubits, as in Eagle processors. */
export function heavyHex127(): (readonly [number, number])[] {
  const starts = [0, 18, 37, 56, 75, 94, 113];
  const lengths = [14, 15, 15, 15, 15, 15, 14];
  const rows = starts.flatMap((start, r) =>
    range((lengths[r] as number) - 1).map((k) => [start + k, start + k + 1] as const),
  );
  const bridges = range(6).flatMap((r) => {
    const [above, below] = [starts[r] as number, starts[r + 1] as number];
    const first = above + (lengths[r] as number);
    return range(4).flatMap((k) => {
      const column = 4 * k + (r % 2 === 0 ? 0 : 2);
      // The first and the last row lack a qubit at one end.
      const shift = r === 5 ? -1 : 0;
      return [[above + column, first + k] as const, [first + k, below + column + shift] as const];
    });
  });
  return [...rows, ...bridges];
}

/** The kicked Ising model on that lattice at the Clifford angle (Kim et al., Nature 618, 500). */
export function kickedIsing(steps: number, observables: readonly string[]): WideProgram {
  const layer = [
    ...range(127).map((q) => `rx(pi/2) q[${q}];`),
    ...heavyHex127().map(([a, b]) => `rzz(-pi/2) q[${a}],q[${b}];`),
  ];
  return {
    name: `kicked Ising model on 127 qubits, ${steps} steps`,
    source: program(
      127,
      range(steps).flatMap(() => layer),
    ),
    options: observables.flatMap((observable) => ['--expect', observable]),
  };
}

/**
 * A memory experiment of the rotated surface code: every round measures all checks with an ancilla each,
 * at the end all data qubits are read. Bits are the checks round by round, then the data.
 */
export function surfaceCodeMemory(distance: number, rounds: number): WideProgram {
  const data = distance * distance;
  const at = (row: number, column: number) => row * distance + column;
  const inside = (k: number) => k >= 0 && k < distance;
  const checks: { readonly isX: boolean; readonly on: readonly number[] }[] = [];
  for (let row = 0; row <= distance; row++) {
    for (let column = 0; column <= distance; column++) {
      const isX = (row + column) % 2 === 1;
      const isSide = column === 0 || column === distance;
      const isTop = row === 0 || row === distance;
      if ((isSide && isTop) || (isSide && isX) || (isTop && !isX)) continue;
      const corners = [
        [row - 1, column - 1],
        [row - 1, column],
        [row, column - 1],
        [row, column],
      ] as const;
      const on = corners.filter(([r, c]) => inside(r) && inside(c)).map(([r, c]) => at(r, c));
      checks.push({ isX, on });
    }
  }
  const round = (k: number): string[] => [
    ...checks.flatMap(({ isX, on }, i) => {
      const ancilla = `q[${data + i}]`;
      return isX
        ? [`h ${ancilla};`, ...on.map((d) => `cx ${ancilla},q[${d}];`), `h ${ancilla};`]
        : on.map((d) => `cx q[${d}],${ancilla};`);
    }),
    ...checks.flatMap((_, i) => [
      `measure q[${data + i}] -> c[${k * checks.length + i}];`,
      `reset q[${data + i}];`,
    ]),
  ];
  const last = rounds * checks.length;
  const read = range(data).map((d) => `measure q[${d}] -> c[${last + d}];`);
  return {
    name: `surface code of distance ${distance}, ${rounds} rounds`,
    source: program(data + checks.length, [...range(rounds).flatMap(round), ...read], last + data),
    options: ['--method', 'stabilizer'],
  };
}
