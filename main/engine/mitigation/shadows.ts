import { AppError } from '#shared/base/errors.ts';
import type { Rng } from '#shared/base/rng.ts';
import { gate } from '#shared/circuit/build.ts';
import { type Circuit, type Operation, qubitCountOf } from '#shared/circuit/circuit.ts';
import { flattenOperations } from '#shared/circuit/expand.ts';
import type { Observable } from '#shared/observables/observable.ts';
import type { PauliFactor } from '#shared/observables/pauli.ts';
import { ask as asked } from '../programs/ask.ts';
import type { Answer, AnswerOf, Ask, AskOf, Program } from '../programs/program.ts';
import type { RewriteContext } from '../programs/rewrite.ts';
import { under } from '../programs/streams.ts';
import { operationLimit } from '../simulators/lowering.ts';
import { requireTerminal } from './fold.ts';
import { PauliFrame } from './frame.ts';
import { afterStep } from './history.ts';
import { estimate, type Snapshots } from './shadow-estimate.ts';
import type { Technique } from './technique.ts';

/**
 * Classical shadows (Huang, Kueng and Preskill, Nature Physics 16, 1050, 2020) in random Pauli bases, each product of
 * letters read where the basis has them all (their Phys. Rev. Lett. 127, 030503), with median of means; robust:
 * random letters before the reading, whose error is measured on |0…0⟩ (Chen, Yu, Zeng and Flammia, PRX Quantum 2, 030348).
 */
export const shadows: Technique = {
  id: 'shadows',
  title: 'Classical shadows',
  summary:
    'Measures every qubit in random bases, so that many observables share the shots; robust ones take out what is read wrongly.',
  parameters: [
    {
      kind: 'integer',
      id: 'snapshots',
      title: 'Snapshots',
      help: 'How many random bases share the shots. Letters on w qubits are seen by one in 3^w of them.',
      default: 200,
      min: 2,
      max: 100_000,
    },
    {
      kind: 'integer',
      id: 'groups',
      title: 'Groups',
      help: 'The median of the means of so many groups is taken; 1 is the mean of all.',
      default: 1,
      min: 1,
      max: 100,
    },
    {
      kind: 'boolean',
      id: 'robust',
      title: 'Robust',
      help: 'Also measures as many snapshots of |0…0⟩ and divides by what they lost.',
      default: true,
    },
  ],
  place: 'circuits',
  serves: ['expectations'],
  overhead: ({ snapshots, robust }) => 1 + (snapshots as number) * (robust === true ? 2 : 1),
  fault({ snapshots, groups }) {
    if (2 * (groups as number) <= (snapshots as number)) return null;
    const message = `${String(groups)} groups need at least two snapshots each; there are ${String(snapshots)}. Take fewer groups or more snapshots.`;
    return { path: 'groups', message };
  },
  rewrite: (settings) => (program, context) =>
    shadowed(program, settings as unknown as Settings, context),
};

interface Settings {
  readonly snapshots: number;
  readonly groups: number;
  readonly robust: boolean;
}

type Define = Extract<Ask, { kind: 'define' }>;

/** A product of letters without its coefficient. */
type Letters = readonly PauliFactor[];

/** How a circuit is measured. All is drawn before anything runs, so that what it can tell is known by then. */
interface Defined {
  readonly observables: readonly Observable[];
  /** Products of letters of all observables, each once, by their names. */
  readonly products: ReadonlyMap<string, number>;
  /** The circuit of each snapshot, and the products that its basis reads. */
  readonly snapshots: readonly { readonly key: string; readonly reads: readonly number[] }[];
  /** The circuits that only read |0…0⟩. */
  readonly zeros: readonly string[];
  readonly keys: ReadonlySet<string>;
}

function* shadowed<T>(
  program: Program<T>,
  settings: Settings,
  context: RewriteContext,
): Program<T> {
  const known = new Map<string, Defined>();
  let step = program.next({ kind: 'done' });
  while (step.done !== true) {
    const ask = step.value;
    let answer: Answer;
    if (ask.kind === 'expectations') {
      answer = yield* measured(ask, known.get(ask.key) as Defined, settings, context);
    } else {
      answer = yield ask;
      if (ask.kind === 'define') known.set(ask.key, yield* define(ask, settings, context.rng));
      if (ask.kind === 'forget') {
        for (const key of known.get(ask.key)?.keys ?? []) yield { kind: 'forget', key };
        known.delete(ask.key);
      }
    }
    step = program.next(answer);
  }
  return step.value;
}

function* define(ask: Define, settings: Settings, rng: Rng): Generator<Ask, Defined, Answer> {
  requireTerminal(flattenOperations(ask.circuit, operationLimit), 'Shadows need');
  const factors = new Map<string, Letters>();
  for (const observable of ask.observables) {
    for (const term of termsOf(observable)) {
      if (term.factors.length > 0) factors.set(nameOf(term.factors), term.factors);
    }
  }
  const products = new Map([...factors.keys()].map((name, k) => [name, k]));
  const letters = [...factors.values()];
  const width = qubitCountOf(ask.circuit);
  const keys = new Set<string>();
  function* send(
    key: string,
    circuit: Circuit,
    read: (one: Letters) => Letters,
    frame: PauliFrame,
  ) {
    if (keys.has(key)) return;
    keys.add(key);
    const observables = letters.map((one) => frame.read(plain(read(one))));
    yield { ...ask, key, circuit, observables };
  }
  const snapshots: { key: string; reads: number[] }[] = [];
  const zeros: string[] = [];
  for (let k = 0; k < settings.snapshots; k++) {
    const basis = Array.from({ length: width }, () => 'XYZ'[rng.below(3)]);
    const reads = letters.flatMap((one, p) =>
      one.every(({ qubit, letter }) => basis[qubit] === letter) ? [p] : [],
    );
    const key = settings.robust ? `${ask.key} shadow ${k}` : `${ask.key} shadows`;
    snapshots.push({ key, reads });
    if (!settings.robust) {
      yield* send(key, ask.circuit, (one) => one, new PauliFrame(width));
      continue;
    }
    const [own, zero] = [drawLetters(width, rng), drawLetters(width, rng)];
    if (reads.length > 0)
      yield* send(key, withGates(ask.circuit, own.gates), (one) => one, own.frame);
    const zeroKey = `${ask.key} shadow of zero ${k}`;
    const empty = { ...ask.circuit, parameters: [], definitions: [], operations: zero.gates };
    yield* send(
      zeroKey,
      empty,
      (one) => one.map(({ qubit }) => ({ qubit, letter: 'Z' })),
      zero.frame,
    );
    zeros.push(zeroKey);
  }
  requireSeen([...factors.keys()], letters, snapshots, settings);
  return { observables: ask.observables, products, snapshots, zeros, keys };
}

/** Letters at random on all qubits: which of two outcomes a machine reads more often no longer matters. */
function drawLetters(qubits: number, rng: Rng): { frame: PauliFrame; gates: Operation[] } {
  const frame = new PauliFrame(qubits);
  const gates: Operation[] = [];
  for (let qubit = 0; qubit < qubits; qubit++) {
    const letter = rng.below(4);
    if (letter === 0) continue;
    frame.multiply([qubit], letter);
    gates.push(gate(['id', 'x', 'z', 'y'][letter] as string, [qubit]));
  }
  return { frame, gates };
}

/** Measurements of a circuit that has its own stand at its end; letters come before them. */
function withGates(circuit: Circuit, gates: readonly Operation[]): Circuit {
  const isEnd = (one: Operation): boolean => one.kind === 'measure';
  const [body, end] = [
    circuit.operations.filter((one) => !isEnd(one)),
    circuit.operations.filter(isEnd),
  ];
  return { ...circuit, operations: [...body, ...gates, ...end] };
}

/** Every product must be seen twice, and once in each group. */
function requireSeen(
  names: readonly string[],
  letters: readonly Letters[],
  snapshots: Defined['snapshots'],
  { groups, snapshots: count }: Settings,
): void {
  for (const [p, name] of names.entries()) {
    const seen = new Int32Array(groups);
    snapshots.forEach(({ reads }, k) => {
      if (reads.includes(p)) seen[k % groups] = (seen[k % groups] as number) + 1;
    });
    if (seen.every((one) => one > 0) && seen.reduce((sum, one) => sum + one, 0) >= 2) continue;
    const weight = (letters[p] as Letters).length;
    const enough = Math.ceil(3 ** weight * groups * 8);
    throw new AppError(
      'bad-input',
      `One in ${3 ** weight} random bases reads “${name}”, and ${groups > 1 ? `not every one of ${groups} groups` : 'hardly any'} of ${count} snapshots does. Take about ${enough} snapshots, or leave “shadows” out: letters that act on few qubits are what it is for.`,
      { path: 'mitigation', product: name },
    );
  }
}

function termsOf(observable: Observable) {
  if (observable.kind === 'pauli') return observable.sum.terms;
  throw new AppError(
    'unsupported',
    'Shadows read Pauli observables, not a cost over basis states, which one basis gives at once. Leave “shadows” out here.',
  );
}

function nameOf(factors: Letters): string {
  return [...factors]
    .sort((a, b) => a.qubit - b.qubit)
    .map(({ qubit, letter }) => letter + qubit)
    .join(' ');
}

function plain(factors: Letters): Observable {
  return { kind: 'pauli', sum: { terms: [{ coefficient: 1, factors }] } };
}

function* measured(
  ask: AskOf<'expectations'>,
  defined: Defined,
  { groups, robust }: Settings,
  { shots }: RewriteContext,
): Generator<Ask, AnswerOf<'expectations'>, Answer> {
  const raw = yield* asked(ask);
  const sums = ask.observables.map((which) => {
    const terms = termsOf(defined.observables[which] as Observable);
    return terms.map(({ coefficient, factors }) => ({
      coefficient,
      product: factors.length === 0 ? null : (defined.products.get(nameOf(factors)) as number),
    }));
  });
  const wanted = new Set(sums.flat().flatMap(({ product }) => product ?? []));
  const all = ask.shots ?? shots;
  const share = all === null ? null : Math.ceil(all / defined.snapshots.length);
  const taken = share === null ? {} : { shots: share };
  const seen: Snapshots = [];
  for (const [k, { key, reads }] of defined.snapshots.entries()) {
    const products = reads.filter((one) => wanted.has(one));
    if (products.length === 0) continue;
    const part = under(ask, `shadow ${k}`);
    const { values } = yield* asked({ ...ask, key, observables: products, ...taken, ...part });
    seen.push({ group: k % groups, products, values });
  }
  const zeros: Snapshots = [];
  const products = [...wanted];
  for (const [k, key] of (products.length === 0 ? [] : defined.zeros).entries()) {
    const rows = { items: 1, bindings: new Float64Array(0), observables: products };
    const part = under(ask, `shadow of zero ${k}`);
    const { values } = yield* asked({ kind: 'expectations', key, ...rows, ...taken, ...part });
    zeros.push({ group: 0, products, values });
  }
  const found = estimate({ items: ask.items, sums, groups, seen, zeros, share });
  const { values, stderrs, bound, fewest } = found;
  const facts = {
    snapshots: defined.snapshots.length,
    groups,
    fewestReadings: fewest,
    // What the shots would leave of a state of which nothing is known: told by the bases alone.
    ...(bound === null ? {} : { bound }),
    ...(robust ? { leastKept: found.leastKept } : {}),
  };
  return afterStep(raw, { technique: shadows.id, values, stderrs, facts });
}
