import { type Rng, shuffled } from '#shared/base/rng.ts';

function pick<T>(items: readonly T[], rng: Rng): T {
  return items[rng.below(items.length)] as T;
}

/** What the statements of a generated program may name. */
interface Names {
  readonly qubits: readonly string[];
  readonly integers: readonly string[];
  readonly isInLoop: boolean;
  /** Bits can be read and written: not inside a gate. */
  readonly hasBits: boolean;
  readonly depth: number;
}

/**
 * A sound OpenQASM 3 program out of its grammar, in an untidy layout: comments, CRLF, shared lines,
 * loops, conditions, gates with modifiers, subroutines, arrays, aliases.
 */
export function randomProgram3(rng: Rng): string {
  const newline = pick(['\n', '\r\n'], rng);
  const text: string[] = [pick(['OPENQASM 3.0;', 'OPENQASM 3.1;', ''], rng), newline];
  const end = (): string =>
    pick(
      [
        newline,
        newline,
        newline,
        ' ',
        '',
        `  // note${newline}`,
        ` /* a\n b */ `,
        newline + newline,
      ],
      rng,
    );
  const put = (statement: string): void => {
    text.push(statement + end());
  };
  put('include "stdgates.inc";');
  put('const int n = 3;');
  put('qubit[n] q;');
  put(pick(['bit[3] c;', 'bit[n] c;', 'bit[3] c = "000";'], rng));
  put('qubit solo; bit flag;');
  put('array[int[8], 3] a = {2, 0, 1};');
  put('int k = 1;');
  put(
    `gate mine(t) x, y { ${pick(['rx(t / 2) x; cx x, y;', 'ctrl @ ry(t) x, y;', 'pow(2) @ s x; gphase(t);'], rng)} }`,
  );
  put('def turn(qubit w, int m) -> int { rx(m * pi / 8) w; return m + 1; }');
  if (rng.below(2) === 0) put('input float theta;');
  if (rng.below(2) === 0) put('let e = q[{0, 2}];');
  const names: Names = {
    qubits: ['q[0]', 'q[1]', 'q[2]', 'q[-1]', 'q[n - 2]', 'solo'],
    integers: ['k', 'n', '2', 'a[1]'],
    isInLoop: false,
    hasBits: true,
    depth: 0,
  };
  const count = rng.below(9);
  for (let i = 0; i < count; i++) put(statement(rng, names));
  return text.join('');
}

function angle(rng: Rng, { integers }: Names): string {
  return pick(
    [
      'pi/2',
      '0.25',
      '-1.5',
      '3 * pi / 4',
      '1e-3',
      `${pick(integers, rng)} * 0.5`,
      'sin(0.3)',
      '2 ** -1',
      'τ/8',
    ],
    rng,
  );
}

/** Two different qubits of the register. */
function two(rng: Rng): readonly [string, string] {
  const [x, y] = shuffled([0, 1, 2], rng) as [number, number];
  return [`q[${x}]`, `q[${y}]`];
}

function statement(rng: Rng, names: Names): string {
  const [x, y] = two(rng);
  const one = pick(names.qubits, rng);
  const plain = [
    `h ${one};`,
    'h q;',
    'cx solo, q;',
    `cz ${x}, solo;`,
    `cx ${x}, ${y};`,
    `rx(${angle(rng, names)}) ${one};`,
    `mine(${angle(rng, names)}) ${x}, ${y};`,
    `${pick(['ctrl @ x', 'negctrl @ h', 'ctrl @ inv @ s', 'inv @ ctrl @ t', 'pow(0.5) @ cx', 'swap'], rng)} ${x}, ${y};`,
    `pow(${pick(['2', '0.5', '-1'], rng)}) @ ${pick(['x', 's', 'sx', 'U(0.1, 0.2, 0.3)'], rng)} ${one};`,
    'barrier q;',
    `reset ${one};`,
    `delay[${pick(['10ns', '2 us', '100dt'], rng)}] ${one};`,
    ...(names.hasBits
      ? [
          'c = measure q;',
          `c[${rng.below(3)}] = measure ${one};`,
          `flag = measure ${one};`,
          'measure solo -> flag;',
          `measure ${one} -> c[${rng.below(3)}];`,
          `c[${rng.below(3)}] = ${rng.below(2)};`,
        ]
      : []),
    `k = ${pick(names.integers, rng)} ${pick(['+', '-', '*'], rng)} ${1 + rng.below(3)};`,
    `k = turn(${one}, ${pick(names.integers, rng)});`,
    `a[${rng.below(3)}] = ${pick(names.integers, rng)};`,
    '@note here\nx q[0];',
    ...(names.isInLoop ? [`if (k == ${rng.below(4)}) ${pick(['break', 'continue'], rng)};`] : []),
  ];
  if (names.depth > 2 || rng.below(3) > 0) return pick(plain, rng);
  return compound(rng, { ...names, depth: names.depth + 1 });
}

function block(rng: Rng, names: Names): string {
  const count = rng.below(3);
  const inner = Array.from({ length: count }, () => statement(rng, names));
  return `{ ${inner.join(' ')} }`;
}

function compound(rng: Rng, names: Names): string {
  const inLoop = { ...names, isInLoop: true };
  const condition = pick(
    [
      'c[0]',
      'flag',
      'flag == 1',
      'c == 5',
      'c[1] == 1 && c[2] == 0',
      '!c[0] || k > 1',
      'c != "010"',
      'k < 3',
      'c[0] ^ c[1] == 1',
    ],
    rng,
  );
  const name = `i${names.depth}`;
  const withName = { ...inLoop, integers: [...names.integers, name] };
  const choices = [
    `if (${condition}) ${block(rng, names)}`,
    `if (${condition}) ${block(rng, names)} else ${block(rng, names)}`,
    `for int ${name} in [0:2] ${block(rng, withName)}`,
    `for int ${name} in {2, 0} ${block(rng, withName)}`,
    `for int[8] ${name} in a ${block(rng, withName)}`,
    `switch (k) { case 0, 1 ${block(rng, names)} default ${block(rng, names)} }`,
    `{ int k = ${rng.below(3)}; ${statement(rng, names)} }`,
    `box ${block(rng, names)}`,
  ];
  return pick(choices, rng);
}
