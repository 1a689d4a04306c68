import { AppError } from '#shared/base/errors.ts';
import { gate } from '#shared/circuit/build.ts';
import type { Circuit, GateOperation, Operation } from '#shared/circuit/circuit.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import { qubitsOf } from '#shared/circuit/circuit.ts';
import { ask as asked } from '../programs/ask.ts';
import type { Answer, Ask, Program } from '../programs/program.ts';
import { under } from '../programs/streams.ts';
import { operationLimit } from '../simulators/lowering.ts';
import { afterStep, estimatesOf } from './history.ts';
import type { Technique } from './technique.ts';

type Sequence = 'xx' | 'yy' | 'xyxy' | 'uhrig';

/** Digital dynamical decoupling (Viola, Lloyd, Phys. Rev. A 58, 2733; Uhrig, Phys. Rev. Lett. 98, 100504). */
export const ddd: Technique = {
  id: 'ddd',
  title: 'Dynamical decoupling',
  summary:
    'Puts pulses that undo one another into idle stretches, so that what turns an idle qubit turns it back.',
  parameters: [
    {
      kind: 'choice',
      id: 'sequence',
      title: 'Sequence',
      help: 'Which pulses: xx and uhrig against phases, yy likewise, xyxy against turns about any axis.',
      default: 'xx',
      options: [
        { value: 'xx', title: 'XX' },
        { value: 'yy', title: 'YY' },
        { value: 'xyxy', title: 'XYXY' },
        { value: 'uhrig', title: 'Uhrig, four pulses' },
      ],
    },
  ],
  place: 'circuits',
  serves: ['expectations'],
  overhead: () => 2,
  fault: () => null,
  rewrite: (settings) => (program) => decoupled(program, settings['sequence'] as Sequence),
};

interface Pulse {
  readonly name: 'x' | 'y';
  /** Its place in the stretch, from 0 to 1. */
  readonly at: number;
}

function pulsesOf(sequence: Sequence): readonly Pulse[] {
  switch (sequence) {
    case 'xx':
    case 'yy':
      return [0.25, 0.75].map((at) => ({ name: sequence === 'xx' ? 'x' : 'y', at }));
    case 'xyxy':
      return (['x', 'y', 'x', 'y'] as const).map((name, k) => ({ name, at: (k + 0.5) / 4 }));
    case 'uhrig':
      // Uhrig's places of n pulses: sin²(πj/(2n + 2)).
      return [1, 2, 3, 4].map((j) => ({ name: 'x', at: Math.sin((Math.PI * j) / 10) ** 2 }));
  }
}

function isIdle(one: Operation): one is GateOperation {
  return one.kind === 'gate' && one.gate === 'id' && (one.controls ?? []).length === 0;
}

/** The circuit with pulses among the `id` gates of each qubit that follow one another; how many stretches there were. */
function withPulses(circuit: Circuit, sequence: Sequence) {
  const pulses = pulsesOf(sequence);
  const operations = flattenOperations(circuit, operationLimit);
  // For each place of the circuit the pulses that come before it.
  const before = new Map<number, GateOperation[]>();
  const open = new Map<number, number[]>();
  let stretches = 0;
  const close = (qubit: number, end: number): void => {
    const places = open.get(qubit) ?? [];
    open.delete(qubit);
    if (places.length < pulses.length) return;
    stretches++;
    for (const { name, at } of pulses) {
      const place = places[Math.round(at * places.length)] ?? end;
      before.set(place, [...(before.get(place) ?? []), gate(name, [qubit])]);
    }
  };
  operations.forEach((one, place) => {
    if (isIdle(one)) {
      const qubit = one.qubits[0] as number;
      open.set(qubit, [...(open.get(qubit) ?? []), place]);
    } else if (one.kind !== 'barrier') for (const qubit of qubitsOf(one)) close(qubit, place);
  });
  const end = operations.length;
  for (const qubit of open.keys()) close(qubit, end);
  const made = operations.flatMap((one, place) => [...(before.get(place) ?? []), one]);
  const last = before.get(end) ?? [];
  return {
    circuit: { ...circuit, definitions: [], operations: [...made, ...last] },
    stretches,
    pulses: stretches * pulses.length,
  };
}

function keyOf(key: string): string {
  return `${key} ddd`;
}

function* decoupled<T>(program: Program<T>, sequence: Sequence): Program<T> {
  const facts = new Map<string, { readonly stretches: number; readonly pulses: number }>();
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask: Ask = step.value;
    let answer: Answer = yield ask;
    if (ask.kind === 'define') {
      const { circuit, stretches, pulses } = withPulses(ask.circuit, sequence);
      if (stretches === 0) throw nothingIdle(sequence);
      facts.set(ask.key, { stretches, pulses });
      yield { ...ask, key: keyOf(ask.key), circuit };
    } else if (ask.kind === 'forget') yield { kind: 'forget', key: keyOf(ask.key) };
    else if (ask.kind === 'expectations' && answer.kind === 'expectations') {
      const better = yield* asked({ ...ask, key: keyOf(ask.key), ...under(ask, ddd.id) });
      const own = { technique: ddd.id, ...estimatesOf(better) };
      answer = afterStep(answer, { ...own, facts: facts.get(ask.key) ?? {} });
    }
    step = program.next(answer);
  }
  return step.value;
}

function nothingIdle(sequence: Sequence): AppError {
  const needed = pulsesOf(sequence).length;
  return new AppError(
    'bad-input',
    `ddd finds no idle stretch: the pulses of “${sequence}” need ${needed} gates “id” in a row on one qubit, one for each step of idle time. Write the idle time of the circuit so, or leave ddd out.`,
    { path: 'mitigation' },
  );
}
