import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { unitaryOf } from '#shared/circuit/unitary.ts';
import { printCircuit } from '#shared/qasm/print/circuit.ts';
import { firstFault, gatesOf, imported, importing } from '../../../support/importing.ts';
import { faultsOf, probabilitiesOf, realUse } from '../../../support/simulate-text.ts';

type Column = readonly (string | number | { readonly id: string; readonly arg: number | string })[];

function quirk(cols: readonly Column[]): string {
  return JSON.stringify({ cols });
}

/** The matrix of the columns on so many wires, entry by row and column. */
function entries(cols: readonly Column[], wires: number): (row: number, column: number) => string {
  const { size, re, im } = unitaryOf(gatesOf(imported('quirk', quirk(cols)), wires));
  return (row, column) => {
    const [x, y] = [re[row * size + column] ?? 0, im[row * size + column] ?? 0];
    return `${(x + 1e-13).toFixed(9)} ${(y + 1e-13).toFixed(9)}`;
  };
}

function number(re: number, im = 0): string {
  return `${(re + 1e-13).toFixed(9)} ${(im + 1e-13).toFixed(9)}`;
}

/** Checks that every basis state goes where the rule says, with the phase 1. */
function expectPermutation(cols: readonly Column[], wires: number, rule: (k: number) => number) {
  const { size, re, im } = unitaryOf(gatesOf(imported('quirk', quirk(cols)), wires));
  // A unitary column with a 1 is 0 elsewhere.
  const wrong = Array.from({ length: size }, (_, from) => from).filter((from) => {
    const at = rule(from) * size + from;
    return Math.abs((re[at] ?? 0) - 1) > 1e-9 || Math.abs(im[at] ?? 0) > 1e-9;
  });
  expect(wrong, JSON.stringify(cols)).toEqual([]);
}

/** Checks a diagonal matrix by its phases in half turns. */
function expectPhases(cols: readonly Column[], wires: number, half: (k: number) => number) {
  const entry = entries(cols, wires);
  for (let k = 0; k < 2 ** wires; k++) {
    expect(entry(k, k)).toBe(number(Math.cos(Math.PI * half(k)), Math.sin(Math.PI * half(k))));
  }
}

const ones = (value: number): number => value.toString(2).replaceAll('0', '').length;
const mod = (value: number, by: number): number => ((value % by) + by) % by;

describe('gates of Quirk', () => {
  it('takes the angles of matrices in degrees, and those of formula gates in radians', () => {
    const text = printCircuit(imported('quirk', realUse('quirk-matrix-degrees.json')), 3);
    for (const value of Object.values(probabilitiesOf(text))) expect(value).toBeCloseTo(0.5, 9);
    const turn = (formula: string): string =>
      `{"cols":[["~a"],["Measure"]],"gates":[{"id":"~a","matrix":"${formula}"}]}`;
    const zero = (formula: string): number | undefined =>
      probabilitiesOf(printCircuit(imported('quirk', turn(formula)), 3))['0'];
    expect(zero('{{cos(30),-sin(30)},{sin(30),cos(30)}}')).toBeCloseTo(0.75, 9);
    // A power behind a function is one of its value, and a sign binds before a power.
    expect(zero('{{cos(45)^2+i/2,sin(45)^2-i/2},{½-½i,½+½i}}')).toBeCloseTo(0.5, 9);
    expect(zero('{{√½,√½},{√½,-√½^1}}')).toBeCloseTo(0.5, 9);
    expect(zero('{{0.6,-0.8},{0.8,0.6}}')).toBeCloseTo(0.36, 9);
    expect(zero('{{.7071,.7071},{.7071,-.7071}}')).toBeCloseTo(0.5, 6);
    expect(zero('{{cos(acos(0.6)),-sin(arccos(0.6))},{0.8,0.6}}')).toBeCloseTo(0.36, 9);
  });

  it('has fine powers of X, Y and Z', () => {
    const text = printCircuit(imported('quirk', realUse('quirk-fine-z.json')), 3);
    expect(probabilitiesOf(text)['0']).toBeCloseTo(0.997592, 6);
    const fractions = { '½': 2, '¼': 4, '⅛': 8, '⅟₁₆': 16, '⅟₃₂': 32, '⅟₆₄': 64, '⅟₁₂₈': 128 };
    for (const [fraction, parts] of Object.entries(fractions)) {
      for (const sign of [1, -1]) {
        const id = `^${sign < 0 ? '-' : ''}${fraction}`;
        expectPhases([[`Z${id}`]], 1, (k) => (sign * k) / parts);
        const [re, im] = [Math.cos, Math.sin].map((f) => f((sign * Math.PI) / parts)) as [
          number,
          number,
        ];
        const x = entries([[`X${id}`]], 1);
        const y = entries([[`Y${id}`]], 1);
        for (const entry of [x, y]) expect(entry(0, 0)).toBe(number((1 + re) / 2, im / 2));
        expect(x(0, 1)).toBe(number((1 - re) / 2, -im / 2));
        expect(y(1, 0)).toBe(number(im / 2, (1 - re) / 2));
        expect(y(0, 1)).toBe(number(-im / 2, (re - 1) / 2));
      }
    }
  });

  it('turns the phase of everything', () => {
    for (const [id, half] of [
      ['i', 0.5],
      ['-i', -0.5],
      ['√i', 0.25],
      ['√-i', -0.25],
      ['NeGate', 1],
    ] as const) {
      expectPhases([[1, id]], 2, () => half);
      expectPhases([['•', id]], 2, (k) => half * (k & 1));
    }
  });

  it('takes parity controls to want an odd number of themselves', () => {
    expectPermutation([['zpar', 'X', 'zpar', 'zpar']], 4, (k) => {
      const odd = ((k & 1) + ((k >> 2) & 1) + ((k >> 3) & 1)) % 2;
      return k ^ (odd << 1);
    });
    expectPermutation([['•', 'X', 'zpar']], 3, (k) => (k & 1 & (k >> 2) ? k ^ 2 : k));
    expectPermutation(
      [
        ['H', 1, 'H'],
        ['xpar', 'X', 'xpar'],
        ['H', 1, 'H'],
      ],
      3,
      (k) => (((k & 1) + (k >> 2)) % 2 ? k ^ 2 : k),
    );
    expectPermutation([['X^-½'], ['ypar', 'X', 'zpar'], ['X^½']], 3, (k) =>
      ((k & 1) + (k >> 2)) % 2 ? k ^ 2 : k,
    );
  });

  it('moves bits', () => {
    for (const n of [2, 3, 5]) {
      expectPermutation([[`<<${n}`]], n, (k) => ((k << 1) & (2 ** n - 1)) | (k >> (n - 1)));
      expectPermutation([[`>>${n}`]], n, (k) => (k >> 1) | ((k & 1) << (n - 1)));
    }
    const weave = (k: number, n: number): number => {
      let out = 0;
      const half = Math.ceil(n / 2);
      for (let bit = 0; bit < n; bit++) {
        if ((k >> bit) & 1) out |= 1 << (bit < half ? 2 * bit : 2 * (bit - half) + 1);
      }
      return out;
    };
    for (const n of [4, 5]) {
      expectPermutation([[`weave${n}`]], n, (k) => weave(k, n));
      expectPermutation([[`weave${n}`], [`split${n}`]], n, (k) => k);
    }
    expectPermutation([['rev3']], 3, (k) => ((k & 1) << 2) | (k & 2) | (k >> 2));
  });

  it('turns phases by the number on the wires', () => {
    expectPhases([['PhaseGradient3']], 3, (k) => k / 8);
    expectPhases([['PhaseUngradient2']], 2, (k) => -k / 4);
    expectPhases([['inputA2', 1, 'Z^(A/2^n)']], 3, (k) => ((k & 3) / 4) * (k >> 2));
    expectPhases([['inputA2', 1, 'Z^(-A/2^n)']], 3, (k) => -((k & 3) / 4) * (k >> 2));
    expectPhases([['inputA1', 'Z^(A/2^n)']], 2, (k) => ((k & 1) / 2) * (k >> 1));
  });

  const inverse = (a: number, m: number): number | null => {
    const all = Array.from({ length: m }, (_, k) => k);
    return all.find((k) => (k * a) % m === 1 % m) ?? null;
  };
  const times = (t: number, a: number | null, m: number): number =>
    t >= m || a === null ? t : mod(t * a, m);
  const unit = (a: number, m: number): number | null =>
    m > 0 && inverse(mod(a, m), m) !== null ? mod(a, m) : null;
  const arithmetic: Readonly<
    Record<string, (t: number, a: number, b: number, r: number) => number>
  > = {
    '+=A2': (t, a) => mod(t + a, 4),
    '-=A2': (t, a) => mod(t - a, 4),
    '+=AB2': (t, a, b) => mod(t + a * b, 4),
    '-=AB2': (t, a, b) => mod(t - a * b, 4),
    '+=AA2': (t, a) => mod(t + a * a, 4),
    '-=AA2': (t, a) => mod(t - a * a, 4),
    '+cntA2': (t, a) => mod(t + ones(a), 4),
    '-cntA2': (t, a) => mod(t - ones(a), 4),
    '^=A2': (t, a) => t ^ a,
    '*A2': (t, a) => times(t, unit(a, 4), 4),
    '/A2': (t, a) => times(t, unit(a, 4) === null ? null : inverse(mod(a, 4), 4), 4),
    incmodR2: (t, _, __, r) => (t < r ? mod(t + 1, r) : t),
    decmodR2: (t, _, __, r) => (t < r ? mod(t - 1, r) : t),
    '+AmodR2': (t, a, _, r) => (t < r ? mod(t + a, r) : t),
    '-AmodR2': (t, a, _, r) => (t < r ? mod(t - a, r) : t),
    '+ABmodR2': (t, a, b, r) => (t < r ? mod(t + a * b, r) : t),
    '-ABmodR2': (t, a, b, r) => (t < r ? mod(t - a * b, r) : t),
    '*AmodR2': (t, a, _, r) => times(t, unit(a, r), r),
    '/AmodR2': (t, a, _, r) => times(t, unit(a, r) === null ? null : inverse(mod(a, r), r), r),
    '*BToAmodR2': (t, a, b, r) => times(t, unit(b, r) === null ? null : mod(mod(b, r) ** a, r), r),
    'Flip<A2': (t, a) => (t < a ? a - 1 - t : t),
    '^A<B': (t, a, b) => (a < b ? t ^ 1 : t),
    '^A<=B': (t, a, b) => (a <= b ? t ^ 1 : t),
    '^A>B': (t, a, b) => (a > b ? t ^ 1 : t),
    '^A>=B': (t, a, b) => (a >= b ? t ^ 1 : t),
    '^A=B': (t, a, b) => (a === b ? t ^ 1 : t),
    '^A!=B': (t, a, b) => (a !== b ? t ^ 1 : t),
  };

  it.each(Object.keys(arithmetic))('%s does its sum for inputs on wires', (id) => {
    const keys = ['A', 'B', 'R'].filter((key) =>
      id.replace('BTo', 'B').replace('mod', '').includes(key),
    );
    const span = /\d$/.test(id) ? 2 : 1;
    const column: (string | number)[] = [id, ...(span === 2 ? [1] : [])];
    for (const key of keys) column.push(`input${key}2`, 1);
    const rule = arithmetic[id];
    expectPermutation([column], span + 2 * keys.length, (k) => {
      const part = (key: string): number => {
        const at = keys.indexOf(key);
        return at < 0 ? 0 : (k >> (span + 2 * at)) & 3;
      };
      const target = k & (2 ** span - 1);
      return k - target + (rule?.(target, part('A'), part('B'), part('R')) ?? 0);
    });
  });

  it.each(Object.keys(arithmetic))('%s does its sum for numbers that were set', (id) => {
    const span = /\d$/.test(id) ? 2 : 1;
    for (const [a, b, r] of [
      [3, 2, 3],
      [1, 3, 4],
      [6, 5, 1],
    ] as const) {
      const set = [
        ['setA', a],
        ['setB', b],
        ['setR', r],
      ] as const;
      const cols: Column[] = [set.map(([key, arg]) => ({ id: key, arg })), [id]];
      expectPermutation(cols, span, (t) => {
        const value = arithmetic[id]?.(t, a, b, r) ?? 0;
        return span === 1 ? value & 1 : value & 3;
      });
    }
  });

  it('takes a range in the column before a number that was set, and reversed inputs', () => {
    const set: Column = [{ id: 'setA', arg: 1 }];
    expectPermutation(
      [set, ['+=A2', 1, 'inputA1']],
      3,
      (k) => (k & 4) | mod((k & 3) + (k >> 2), 4),
    );
    expectPermutation([['+=A2', 1, 'revinputA2']], 4, (k) => {
      const a = ((k >> 3) & 1) | (((k >> 2) & 1) << 1);
      return (k & 12) | mod((k & 3) + a, 4);
    });
    expectPermutation([['add4']], 4, (k) => (k & 3) | (mod((k >> 2) + (k & 3), 4) << 2));
    expectPermutation([['sub3']], 3, (k) => (k & 1) | (mod((k >> 1) - (k & 1), 4) << 1));
    expectPermutation(
      [['c+=ab4']],
      4,
      (k) => (k & 3) | (mod((k >> 2) + (k & 1) * ((k >> 1) & 1), 4) << 2),
    );
    expectPermutation([['•', 'inc2', 1, '◦']], 4, (k) =>
      (k & 9) === 1 ? (k & 9) | (mod(((k >> 1) & 3) + 1, 4) << 1) : k,
    );
    expectPermutation(
      [['+=A8', ...Array.from({ length: 7 }, () => 1), 'inputA1']],
      9,
      (k) => (k & 256) | mod((k & 255) + (k >> 8), 256),
    );
  });

  it.each([
    ['X^t', 'depends on the time'],
    ['e^-iYt', 'depends on the time'],
    ['Counting3', 'depends on the time'],
    ['<<t3', 'depends on the time'],
    ['grad^t2', 'depends on the time'],
    ['X^⌈t-¼⌉', 'depends on the time'],
    ['|0⟩⟨0|', 'it keeps only the runs with one outcome'],
    ['|X⟩⟨X|', 'it keeps only the runs with one outcome'],
    ['ZDetector', 'it draws one outcome'],
    ['XDetectControlReset', 'it draws one outcome'],
    ['0', 'it leaves no state'],
    ['__unstable__UniversalNot', 'no unitary matrix does it'],
    ['+=A2', 'it needs an input A'],
    ['X^(A/2^n)', 'it needs an input A'],
    ['Nonsense', 'no gate of Quirk has this id'],
    ['QFT99', 'no gate of Quirk has this id, or'],
  ])('says of %s why it is no gate of a circuit', (id, why) => {
    expect(firstFault('quirk', quirk([[id]]))).toContain(`Quirk's “${id}” cannot be read: `);
    expect(firstFault('quirk', quirk([[id]]))).toContain(why);
  });

  it('reads nothing that check would refuse', () => {
    const ids = [
      'H',
      '•',
      'X^½',
      'inputA2',
      '+=A2',
      '~a',
      '~b',
      'Swap',
      'zpar',
      'Measure',
      1,
      1,
      'Rxft',
      'NeGate',
      'setA',
      '^A<B',
      'inputB1',
    ];
    const names = ['h', 'angle', 'θ', 'U', '1', '', 'qubit', 'a b', 'q', 'c', 'rx', 'A'];
    let read = 0;
    for (let seed = 0; seed < 1500; seed++) {
      const rng = rngOf(seed, 78);
      const pick = <T>(list: readonly T[]): T => list[rng.below(list.length)] as T;
      const cols = Array.from({ length: 3 }, () => Array.from({ length: 3 }, () => pick(ids)));
      const matrices = [
        '{{0,1},{1,0}}',
        '{{cos(30),-sin(30)},{sin(30),cos(30)}}',
        '{{1,0},{0,e^(i pi/4)}}',
        '{{1,1},{1/0,1}}',
      ];
      const gates = ['~a', '~b'].map((id) => ({ id, name: pick(names), matrix: pick(matrices) }));
      const { circuit } = importing('quirk', JSON.stringify({ cols, gates }));
      if (circuit === null) continue;
      read++;
      expect(faultsOf(printCircuit(circuit, 3))).toEqual([]);
    }
    expect(read).toBeGreaterThan(30);
  });
});
