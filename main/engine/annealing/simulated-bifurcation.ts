import { rngOf } from '#shared/base/rng.ts';
import { binaryView } from '#shared/problems/views/binary.ts';
import { optimisation } from '#shared/results/kinds/optimisation.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { type BitModel, descend, gainsOf } from '../binary/bit-model.ts';
import { nextUniform, type RandomState, randomState } from './fast-random.ts';
import { Findings, isToFinish, landscapeNeeds, penalisedLandscape } from './search.ts';

export const simulatedBifurcation = defineAlgorithm({
  id: 'simulated-bifurcation',
  title: 'Simulated bifurcation',
  summary:
    'Oscillators that fall into one of two states as they are driven; the discrete form (Goto et al. 2021, doi:10.1126/sciadv.abe7953).',
  source: 'Goto et al. 2021, Science Advances 7, eabe7953',
  kind: 'classical',
  takes: binaryView,
  result: optimisation,
  steps: { name: 'reads', areCourse: true },
  parameters: [
    {
      kind: 'integer',
      id: 'steps',
      title: 'Steps',
      help: 'Steps of time in one read.',
      default: 1000,
      min: 1,
      max: 10_000_000,
    },
    {
      kind: 'integer',
      id: 'reads',
      title: 'Reads',
      help: 'Independent starts.',
      default: 50,
      min: 1,
      max: 1_000_000,
    },
    {
      kind: 'number',
      id: 'timeStep',
      title: 'Time step',
      help: 'Length of a step; smaller ones follow the oscillators more closely, larger ones may shake them apart.',
      default: 0.5,
      min: 0,
      exclusiveMin: true,
      max: 2,
      advanced: true,
    },
  ],
  canPause: true,
  canFinish: true,
  asks: () => [],
  needs: (problem) => landscapeNeeds(problem, 6),
  *run({ view: problem, settings, seed }) {
    const { steps, reads, timeStep } = settings as unknown as Settings;
    const { model } = penalisedLandscape(problem);
    const strength = strengthOf(model);
    const findings = new Findings(problem);
    let done = 0;
    while (done < reads) {
      const random = randomState(rngOf(seed, 205, done));
      findings.add(fall(model, { steps, timeStep, strength }, random));
      done++;
      if (isToFinish(yield findings.progress(done, reads, 'read'))) break;
    }
    return findings.outcome(done * steps * model.size, { areIndependent: true });
  },
});

interface Settings {
  readonly steps: number;
  readonly reads: number;
  readonly timeStep: number;
}

interface Fall {
  readonly steps: number;
  readonly timeStep: number;
  /** c0: how strongly the problem acts on the oscillators. */
  readonly strength: number;
}

/** 0.5/(σ√N) with σ the root mean square of the couplings, as the paper has it; fields count as couplings to a spin that stands still. */
function strengthOf({ size, linear, weights, starts }: BitModel): number {
  let square = 0;
  for (let at = 0; at < weights.length; at++) square += ((weights[at] as number) / 4) ** 2;
  for (let i = 0; i < size; i++) {
    let field = (linear[i] as number) / 2;
    for (let at = starts[i] as number; at < (starts[i + 1] as number); at++)
      field += (weights[at] as number) / 4;
    square += 2 * field ** 2;
  }
  return square === 0 ? 0.5 : 0.5 / Math.sqrt(square / Math.max(1, size));
}

/** One read. Positions q and momenta p; the force is that of the signs of all positions, and walls stand at ±1. */
function fall(
  model: BitModel,
  { steps, timeStep, strength }: Fall,
  random: RandomState,
): Uint8Array {
  const { size } = model;
  const q = Float64Array.from({ length: size }, () => 0.1 * (nextUniform(random) - 0.5));
  const p = Float64Array.from({ length: size }, () => 0.1 * (nextUniform(random) - 0.5));
  const x = new Uint8Array(size);
  for (let step = 0; step < steps; step++) {
    const rest = 1 - (step + 1) / steps;
    for (let i = 0; i < size; i++) x[i] = (q[i] as number) > 0 ? 1 : 0;
    for (let i = 0; i < size; i++) {
      // What raising bit i would cost, in the spins' measure: half of the change.
      const force = -strength * fieldAt(model, x, i);
      p[i] = (p[i] as number) + timeStep * (force - rest * (q[i] as number));
      q[i] = (q[i] as number) + timeStep * (p[i] as number);
      if (Math.abs(q[i] as number) <= 1) continue;
      q[i] = Math.sign(q[i] as number);
      p[i] = 0;
    }
  }
  for (let i = 0; i < size; i++) x[i] = (q[i] as number) > 0 ? 1 : 0;
  descend(model, x, gainsOf(model, x));
  return x;
}

/** Half of linear_i + Σ w x_j: the force on a spin ±1 that stands for bit i. */
function fieldAt(
  { linear, starts, neighbours, weights }: BitModel,
  x: Uint8Array,
  i: number,
): number {
  let field = linear[i] as number;
  const end = starts[i + 1] as number;
  for (let at = starts[i] as number; at < end; at++) {
    if (x[neighbours[at] as number] === 1) field += weights[at] as number;
  }
  return field / 2;
}
