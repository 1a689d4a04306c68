import { type Rng, shuffled } from '#shared/base/rng.ts';
import { once, pick } from './generate-types3.ts';

const gates: readonly (readonly [string, number, number])[] = [
  ['h', 0, 1],
  ['x', 0, 1],
  ['u1', 1, 1],
  ['u2', 2, 1],
  ['u3', 3, 1],
  ['U', 3, 1],
  ['CX', 0, 2],
  ['cx', 0, 2],
  ['ccx', 0, 3],
  ['cu3', 3, 2],
  ['rzz', 1, 2],
  ['c3x', 0, 4],
];

/** A program of OpenQASM 2 out of its grammar; about one part in `faults` is wrong. */
export function generatedProgram2(rng: Rng, faults: number): string {
  const wrong = (): boolean => once(faults, rng);
  const own: [string, number, number][] = [];
  const bits: [string, number][] = [];
  const qubits: [string, number][] = [];
  const lines = ['OPENQASM 2.0;', once(15, rng) ? '' : 'include "qelib1.inc";'];
  const angle = (names: readonly string[], depth = 2): string => {
    if (depth === 0 || once(3, rng)) {
      return pick(
        [
          'pi',
          '0.5',
          '1',
          '2.0e-3',
          '3',
          ...(wrong() ? ['2e-3', 'pi/0'] : []),
          ...names,
          ...(wrong() ? ['missing'] : []),
        ],
        rng,
      );
    }
    const [a, b] = [angle(names, depth - 1), angle(names, depth - 1)];
    return pick(
      [
        `(${a} ${pick(['+', '-', '*', '/', '^'], rng)} ${b})`,
        `-${a}`,
        `${pick(['sin', 'cos', 'tan', 'exp', 'ln', 'sqrt'], rng)}(${a})`,
      ],
      rng,
    );
  };
  const call = (wires: readonly string[], names: readonly string[]): string => {
    const [name, parameters, count] = pick(once(3, rng) && own.length > 0 ? own : gates, rng);
    const given = Array.from({ length: wrong() ? parameters + 1 : parameters }, () => angle(names));
    if (wires.length < count && !wrong()) return call(wires, names);
    const others = shuffled(wires, rng);
    const operands = Array.from({ length: count }, (_, at) =>
      wrong() ? pick(['nothing', 'q0[77]'], rng) : (others[at] ?? 'q0'),
    );
    return `${name}${given.length === 0 ? '' : `(${given.join(',')})`} ${operands.join(',')};`;
  };
  const register = (): void => {
    const size = pick(wrong() ? [0, 99_999] : [1, 2, 3, 64], rng);
    if (once(2, rng)) {
      bits.push([`c${bits.length}`, size]);
      lines.push(`creg c${bits.length - 1}[${size}];`);
      return;
    }
    qubits.push([`q${qubits.length}`, Math.min(size, 3)]);
    lines.push(`qreg q${qubits.length - 1}[${Math.min(size, 3)}];`);
  };
  const wiresNow = (): string[] =>
    qubits.flatMap(([name, size]) => [
      ...Array.from({ length: size }, (_, i) => `${name}[${i}]`),
      ...(once(12, rng) ? [name] : []),
    ]);
  const statement = (): string => {
    const wires = wiresNow();
    const [creg, size] = bits.length === 0 ? ['c9', 1] : pick(bits, rng);
    switch (rng.below(7)) {
      case 0:
        return `measure ${pick(wires, rng) ?? 'q0'} -> ${creg}[${rng.below(size)}];`;
      case 1:
        return `if (${creg} == ${pick(['0', '1', '5', '9223372036854775808', '18446744073709551616'], rng)}) ${call(wires, [])}`;
      case 2:
        return `reset ${pick(wires, rng)};`;
      case 3:
        return `barrier ${pick(wires, rng)};`;
      default:
        return call(wires, []);
    }
  };
  const gate = (): void => {
    const names = Array.from({ length: rng.below(3) }, (_, i) => `t${i}`);
    const wires = Array.from({ length: 1 + rng.below(4) }, (_, i) => `w${i}`);
    const body = Array.from({ length: rng.below(4) }, () => call(wires, names)).join(' ');
    const name = once(8, rng) ? pick(['u', 'p', 'rx', 'iswap'], rng) : `g${own.length}`;
    const head = `${name}${names.length === 0 ? '' : `(${names.join(',')})`} ${wires.join(',')}`;
    lines.push(once(10, rng) ? `opaque ${head};` : `gate ${head} { ${body} }`);
    own.push([name, names.length, wires.length]);
  };
  qubits.push(['q0', 3]);
  bits.push(['c0', 2]);
  lines.push('qreg q0[3];', 'creg c0[2];');
  const count = 3 + rng.below(10);
  for (let i = 0; i < count; i++) {
    const choice = rng.below(8);
    if (choice === 0) register();
    else if (choice === 1) gate();
    else lines.push(statement());
  }
  return `${lines.join('\n')}\n`;
}
