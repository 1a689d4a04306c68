import { present } from '#shared/base/assert.ts';
import type { Disposable } from '#shared/base/disposable.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import type { Crew, LoadedModule } from '../../kernels/crew.ts';
import { type LoweredCircuit, lowerSteps } from '../../kernels/emit/lower-steps.ts';
import {
  bytesPerTerm,
  emitShots,
  type ShotModuleOptions,
  shotWords,
  stateBytes,
  termWords,
} from '../../kernels/emit/shot-module.ts';
import { type KernelMemory, scratchBytes } from '../../kernels/memory.ts';
import { webAssembly } from '../../kernels/web-assembly.ts';
import { mayRelax, noteRun, ownCrew, ownMemory } from '../../kernels/workshop.ts';
import { keyOfBits } from '../outcomes.ts';
import { masksOf } from '../pauli-expectation.ts';
import { misread } from '../shots.ts';
import type { Run } from '../simulator.ts';
import { type ErrorSite, type PauliSegments, pauliSegmentsOf } from './pauli-segments.ts';
import { noShots, type ShotSums } from './shot-block.ts';

/** Shots of one block of the module: few enough that two threads share a block of the caller's well. */
const blockShots = 32;
/** Amplitudes that all gates of all shots touch, from which on a module is worth its making. */
const leastWork = 3e7;
/** States after segments that are kept take at most this. */
const mostCheckpointBytes = 64 * 2 ** 20;
/** Between the real and the imaginary part of a state. */
const statePadding = 2112;
/** With more terms the plain walk, which shares states, is faster. */
const mostTerms = 64;

/**
 * Shots of a circuit with random Pauli errors, run by a module made for it; null where it has other
 * channels, measures before its end, or is too wide or too little work.
 */
export function emittedShots(run: Run): EmittedShots | null {
  const { options, noise, program } = run;
  const { qubits, precision, shots, bloch, bindings } = options;
  if (noise === null || shots === null || bloch || program.isDynamic) return null;
  if (run.observables.length > 0 && noise.readout.size > 0) return null;
  if (run.observables.reduce((sum, { terms }) => sum + terms.length, 0) > mostTerms) return null;
  if (shots * program.before.length * 2 ** qubits < leastWork) return null;
  const bytes = precision === 'f32' ? 4 : 8;
  const moduleOptions: ShotModuleOptions = {
    qubits,
    precision,
    isRelaxed: mayRelax(),
    stateGap: 2 ** qubits * bytes + statePadding,
    blockShots,
    observableCount: run.observables.length,
  };
  if (stateBytes(moduleOptions) > scratchBytes) return null;
  const found = pauliSegmentsOf(program.before, noise, bindings);
  if (found === null) return null;
  if (found.segments.length * stateBytes(moduleOptions) > mostCheckpointBytes) return null;
  const lowered = found.segments.map((steps) => lowerSteps(steps, qubits, false));
  if (lowered.some((one) => one === null)) return null;
  const emitted = emitShots(lowered as LoweredCircuit[], moduleOptions);
  return emitted === null ? null : new EmittedShots(run, found, emitted, moduleOptions);
}

/** The module of a noisy circuit, and where its tables lie. */
export class EmittedShots implements Disposable {
  readonly #run: Run;
  readonly #sites: readonly ErrorSite[];
  /** Running sum of the sites' hazards. */
  readonly #hazards: Float64Array;
  readonly #options: ShotModuleOptions;
  readonly #crew: Crew = ownCrew();
  readonly #memory: KernelMemory = ownMemory();
  readonly #module: LoadedModule;
  readonly #argument: number;
  readonly #areas: number[] = [];

  constructor(
    run: Run,
    { segments, sites }: PauliSegments,
    emitted: { readonly bytes: Uint8Array<ArrayBuffer>; readonly tables: Uint8Array },
    options: ShotModuleOptions,
  ) {
    this.#run = run;
    this.#sites = sites;
    let sum = 0;
    this.#hazards = Float64Array.from(sites, ({ hazard }) => (sum += hazard));
    this.#options = options;
    this.#module = this.#crew.load(new webAssembly.Module(emitted.bytes), this.#memory);
    this.#argument = this.#allocate(4 * Object.keys(shotWords).length);
    const tables = this.#allocate(emitted.tables.length);
    new Uint8Array(this.#memory.memory.buffer, tables).set(emitted.tables);
    const checkpoints = this.#allocate(segments.length * stateBytes(options));
    const terms = this.#writeTerms();
    this.#setWords({
      tables,
      scratch: this.#memory.scratchOf(0),
      scratchStep: scratchBytes,
      checkpoints,
      ...terms,
    });
    this.#runPass('prepare', 1);
  }

  /** Shots first, …, first + count − 1; shot k draws from the stream (seed, 1, k). */
  runBlock(first: number, count: number): ShotSums {
    const size = 2 ** this.#options.qubits;
    const blocks = Math.ceil(count / blockShots);
    const memory = this.#memory;
    const observables = this.#options.observableCount;
    const rngs = Array.from({ length: count }, (_, k) =>
      rngOf(this.#run.options.seed, 1, first + k),
    );
    const events = rngs.map((rng) => this.#drawEvents(rng));
    const areas = {
      eventStarts: memory.allocate(4 * (count + 1)),
      events: memory.allocate(4 * Math.max(1, events.flat().length)),
      uniforms: memory.allocate(8 * count),
      outcomes: memory.allocate(4 * count),
      sums: memory.allocate(8 * size * blocks),
      values: memory.allocate(8 * Math.max(1, count * observables)),
    };
    const { buffer } = memory.memory;
    new Uint32Array(buffer, areas.events).set(events.flat());
    const starts = new Uint32Array(buffer, areas.eventStarts, count + 1);
    starts[0] = areas.events;
    events.forEach((list, k) => {
      starts[k + 1] = (starts[k] as number) + 4 * list.length;
    });
    new Float64Array(buffer, areas.uniforms, count).set(rngs.map((rng) => rng.uniform()));
    const sums = new Float64Array(buffer, areas.sums, size * blocks).fill(0);
    const values = new Float64Array(buffer, areas.values, count * observables).fill(0);
    this.#setWords({ ...areas, shotCount: count });
    this.#runPass('shots', blocks);
    const outcomes = new Uint32Array(buffer, areas.outcomes, count);
    const result = this.#collect(rngs, outcomes, sums, values);
    for (const area of Object.values(areas)) memory.release(area);
    return result;
  }

  dispose(): void {
    this.#module.dispose();
    for (const area of this.#areas) this.#memory.release(area);
  }

  #allocate(bytes: number): number {
    const area = this.#memory.allocate(bytes);
    this.#areas.push(area);
    return area;
  }

  #setWords(values: Partial<Record<keyof typeof shotWords | 'events', number>>): void {
    const words = new Uint32Array(this.#memory.memory.buffer, this.#argument);
    for (const [name, index] of Object.entries(shotWords)) {
      const value = values[name as keyof typeof shotWords];
      if (value !== undefined) words[index] = value;
    }
  }

  #runPass(name: string, blocks: number): void {
    const pass = { module: this.#module, name, blocks, argument: this.#argument };
    this.#crew.run([pass], this.#run.options.cancel);
    noteRun();
  }

  /** The terms of all observables; a sign from powers of i goes into the coefficient. */
  #writeTerms(): { readonly terms: number; readonly termsEnd: number } {
    const list = this.#run.observables.flatMap(({ terms }, index) =>
      terms.map((term) => ({ index, coefficient: term.coefficient, ...masksOf(term) })),
    );
    const terms = this.#allocate(Math.max(1, list.length) * bytesPerTerm);
    const view = new DataView(this.#memory.memory.buffer, terms, list.length * bytesPerTerm);
    list.forEach(({ index, coefficient, flips, signs, yCount }, k) => {
      const word = (name: keyof typeof termWords, value: number): void =>
        view.setUint32(k * bytesPerTerm + 4 * termWords[name], value, true);
      word('flips', flips);
      word('signs', signs);
      word('isOdd', yCount % 2);
      word('offset', 8 * index);
      const signed = yCount % 4 >= 2 ? -coefficient : coefficient;
      view.setFloat64(k * bytesPerTerm + 4 * termWords.coefficient, signed, true);
    });
    return { terms, termsEnd: terms + list.length * bytesPerTerm };
  }

  /** The errors of one shot in their order, as words: the next is drawn by the hazard until it. */
  #drawEvents(rng: Rng): number[] {
    const events: number[] = [];
    const total = this.#hazards.at(-1) ?? 0;
    let at = 0;
    for (;;) {
      at -= Math.log1p(-rng.uniform());
      if (!(at < total)) break;
      const index = firstAbove(this.#hazards, at);
      const site = present(this.#sites[index], 'a site');
      const last = site.reached.length - 1;
      const wanted = rng.uniform() * (site.reached[last] as number);
      const { flips, signs } = present(
        site.errors[Math.min(last, firstAbove(site.reached, wanted))],
        'an error',
      );
      events.push(site.segment, flips, signs);
      // A site has one error at most.
      at = this.#hazards[index] as number;
    }
    return events;
  }

  #collect(
    rngs: readonly Rng[],
    outcomes: Uint32Array,
    blockSums: Float64Array,
    values: Float64Array,
  ): ShotSums {
    const run = this.#run;
    const result: ShotSums = { ...noShots(run), shots: rngs.length };
    const size = 2 ** this.#options.qubits;
    const counts = new Map<string, number>();
    const memory = new Uint8Array(run.bits);
    rngs.forEach((rng, k) => {
      const index = Math.min(outcomes[k] as number, size - 1);
      for (const { qubit, bit } of run.program.terminal) {
        const value = ((index >> qubit) & 1) as 0 | 1;
        memory[bit] = misread(value, run.noise?.readout.get(qubit), rng);
      }
      const key = keyOfBits(memory);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    });
    const { table } = result;
    if (table !== null) {
      for (let i = 0; i < blockSums.length; i++) {
        table[i % size] = (table[i % size] as number) + (blockSums[i] as number);
      }
    }
    const observables = this.#options.observableCount;
    values.forEach((value, k) => {
      const o = k % observables;
      result.values[o] = (result.values[o] as number) + value;
      result.squares[o] = (result.squares[o] as number) + value * value;
    });
    return { ...result, counts };
  }
}

/** The first place of an ascending list whose value is above x; its length where there is none. */
function firstAbove(ascending: Float64Array, x: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) > x) high = middle;
    else low = middle + 1;
  }
  return low;
}
