import { type Rng, shuffled } from '#shared/base/rng.ts';
import { gate, measure } from '#shared/circuit/build.ts';
import { bitCountOf, type Circuit, type Operation, qubitCountOf } from '#shared/circuit/circuit.ts';
import type { CircuitEdit } from '#shared/circuit/edit.ts';
import { numberOf } from '#shared/circuit/expression.ts';

function pick<T>(items: readonly T[], rng: Rng): T {
  return items[rng.below(items.length)] as T;
}

/** A sound OpenQASM 2 program in an untidy layout: shared lines, comments, CRLF, late registers. */
export function randomProgram(rng: Rng): string {
  const newline = pick(['\n', '\r\n'], rng);
  const comma = pick([',', ', '], rng);
  const text: string[] = ['OPENQASM 2.0;'];
  const end = (): string =>
    pick([newline, newline, newline, ' ', '', `  // note${newline}`, newline + newline], rng);
  const indent = (): string => pick(['', '', '  ', `// above${newline}`], rng);
  const put = (statement: string): void => {
    const last = text.at(-1) ?? '';
    const lead = /[\n\r]$/.test(last) ? indent() : '';
    text.push(lead + statement + end());
  };
  text.push(newline);
  put('include "qelib1.inc";');
  put(`gate mine(t) a,b { rx(t/2) a; cx a${comma}b; }`);
  put('qreg q[3];');
  put('creg c[3];');
  const hasSecond = rng.below(2) === 0;
  const count = rng.below(9);
  for (let i = 0; i < count; i++) {
    if (hasSecond && i === Math.floor(count / 2)) {
      put('qreg r[2];');
      put('creg d[1];');
    }
    put(randomStatement(rng, comma, hasSecond && i >= Math.floor(count / 2)));
  }
  return text.join('');
}

function randomStatement(rng: Rng, comma: string, both: boolean): string {
  const [a, b] = shuffled([0, 1, 2], rng) as [number, number, number];
  const angle = pick(['pi/2', '0.25', '-1.5', '3*pi/4', '1.0e-3'], rng);
  const choices = [
    `h q[${a}];`,
    'h q;',
    `cx q[${a}]${comma}q[${b}];`,
    `rx(${angle}) q[${a}];`,
    `rz(${angle}) q;`,
    `mine(${angle}) q[${a}]${comma}q[${b}];`,
    `u3(${angle}${comma}0${comma}pi) q[${a}];`,
    'measure q -> c;',
    `measure q[${a}]->c[${b}];`,
    `reset q[${a}];`,
    'barrier q;',
    `barrier q[${a}]${comma}q[${b}];`,
    `if (c==${rng.below(8)}) x q[${a}];`,
    `if(c==3) measure q[${a}] -> c[${a}];`,
    ...(both ? ['h r;', `cx q[${a}]${comma}r[1];`, 'cz r[0],r[1];', 'if(d==1) y r[0];'] : []),
  ];
  return pick(choices, rng);
}

/** An operation that is valid in the circuit. */
function randomOperation(circuit: Circuit, rng: Rng): Operation {
  const qubits = shuffled(
    Array.from({ length: qubitCountOf(circuit) }, (_, i) => i),
    rng,
  );
  const [a, b] = qubits as [number, number | undefined];
  const bit = rng.below(bitCountOf(circuit));
  const second = b ?? a;
  const choices: Operation[] = [
    gate('h', [a]),
    gate('rx', [a], [rng.below(100) / 16 - 2]),
    gate('u', [a], [0.5, -0.25, numberOf(1e-9)]),
    measure(a, bit),
    { kind: 'reset', qubit: a },
    { kind: 'barrier', qubits: qubits.slice(0, 1 + rng.below(qubits.length)) },
    conditional(circuit, rng, gate('x', [a])),
  ];
  if (second !== a) {
    choices.push(
      gate('cx', [a, second]),
      gate('mine', [second, a], [{ kind: 'constant', name: 'pi' }]),
    );
  }
  return pick(choices, rng);
}

function conditional(circuit: Circuit, rng: Rng, inner: Operation): Operation {
  const index = rng.below(circuit.bitRegisters.length);
  const first = circuit.bitRegisters.slice(0, index).reduce((sum, { size }) => sum + size, 0);
  const size = circuit.bitRegisters[index]?.size ?? 1;
  const bits = Array.from({ length: size }, (_, i) => first + i);
  return { kind: 'if', condition: { bits, value: rng.below(2) }, body: [inner], otherwise: [] };
}

/** An edit that can be made; register edits may still be refused where wires are in use. */
export function randomEdit(circuit: Circuit, rng: Rng): CircuitEdit {
  const { length } = circuit.operations;
  // An edit before may have taken the last classical register away.
  const isBit = rng.below(2) === 1 && circuit.bitRegisters.length > 0;
  const of = isBit ? 'bit' : 'qubit';
  const registers = isBit ? circuit.bitRegisters : circuit.qubitRegisters;
  const register = pick(registers, rng);
  const insert: CircuitEdit = {
    kind: 'insert',
    index: rng.below(length + 1),
    operations: Array.from({ length: 1 + rng.below(2) }, () => randomOperation(circuit, rng)),
  };
  if (length === 0) return insert;
  const index = rng.below(length);
  const all = Array.from({ length }, (_, i) => i);
  const choices: CircuitEdit[] = [
    insert,
    { kind: 'remove', indices: shuffled(all, rng).slice(0, 1 + rng.below(Math.min(4, length))) },
    { kind: 'replace', index, operation: randomOperation(circuit, rng) },
    {
      kind: 'rewrite',
      operations: [...new Set([index, 0, length - 1])].map((one) => ({
        index: one,
        operation: randomOperation(circuit, rng),
      })),
    },
    { kind: 'add-parameter', name: `t${rng.below(1000)}` },
    {
      kind: 'move',
      from: index,
      to: rng.below(length + 1),
      operation: randomOperation(circuit, rng),
    },
    { kind: 'add-register', of, register: { name: `n${rng.below(1000)}`, size: 1 + rng.below(3) } },
    { kind: 'resize-register', of, name: register.name, size: rng.below(register.size + 3) },
    { kind: 'rename-register', of, name: register.name, to: `m${rng.below(1000)}` },
  ];
  return pick(choices, rng);
}
