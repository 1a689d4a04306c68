import { AppError } from '#shared/base/errors.ts';
import type { JobSpec } from '#shared/jobs/job.ts';
import type { Algorithm } from '../algorithms/algorithm.ts';
import type { Compiler } from '../lowering/compiled.ts';
import { lowerToRuns } from '../lowering/to-runs.ts';
import type { Members } from '../members.ts';
import { stackFault } from '../mitigation/stack.ts';
import type { Technique } from '../mitigation/technique.ts';
import type { BackendFacts } from '../programs/facts.ts';
import type { AskKind } from '../programs/program.ts';
import type { Rewrite } from '../programs/rewrite.ts';
import type { SpecProblem } from './prepared.ts';

/** One thing that stands between a program and its backend. */
export interface PlannedRewrite {
  /** As provenance names it. */
  readonly name: string;
  readonly rewrite: Rewrite;
  /** Names its random stream under the job's seed. */
  readonly stream: readonly number[];
}

type Mitigated = Pick<JobSpec, 'mitigation'>;

interface Asked extends Mitigated, Pick<JobSpec, 'settings'> {
  readonly shots: number | null;
  readonly gradient?: string | undefined;
  readonly noise?: unknown;
  readonly backend: JobSpec['backend'];
}

/**
 * Everything that a spec asks for and that would be left untouched, because its algorithm never asks what it
 * works on: nothing is skipped in silence.
 */
export function idleParts(members: Members, spec: Asked, algorithm: Algorithm): SpecProblem[] {
  const asks = algorithm.asks(spec.settings, members);
  if (asks.length === 0) return classicalFaults(spec, algorithm);
  const stacked = spec.mitigation.flatMap(
    ({ technique: id }) => members.techniques.find((one) => one.id === id) ?? [],
  );
  const stack = stackFault(stacked);
  const faults = spec.mitigation.flatMap(({ technique: id }, k): SpecProblem[] => {
    const technique = members.techniques.find((one) => one.id === id);
    if (technique === undefined || reaches(technique, asks)) return [];
    return [
      {
        path: `mitigation[${k}].technique`,
        message: `“${id}” would change nothing: it works on ${listed(technique.serves)}, and “${algorithm.id}” asks for ${listed(asks)} under these settings. Leave it out.`,
      },
    ];
  });
  if (stack !== null) {
    faults.push({ path: `mitigation[${stack.at}].${stack.path}`, message: stack.message });
  }
  if (spec.gradient !== undefined && !asks.includes('gradients')) {
    faults.push({
      path: 'gradient',
      message: `“${algorithm.id}” asks for no gradient under these settings, so “${spec.gradient}” would change nothing. Leave it out, or choose an optimiser that uses one.`,
    });
  }
  return asks.includes('metric') ? [...faults, ...metricFaults(spec, algorithm)] : faults;
}

/** The metric of the states is computed from the states themselves. */
function metricFaults(
  { shots, noise, mitigation, backend }: Asked,
  { id }: Algorithm,
): SpecProblem[] {
  const wants = `“${id}” asks for the metric of the states under these settings, which needs exact simulation`;
  const holds = backend === 'simulator' || backend === 'statevector';
  return [
    ...(shots === null ? [] : [{ path: 'shots', message: `${wants}. Leave the shots out.` }]),
    ...(noise === undefined ? [] : [{ path: 'noise', message: `${wants}. Leave the noise out.` }]),
    ...(mitigation.length === 0
      ? []
      : [{ path: 'mitigation', message: `${wants}. Leave the mitigation out.` }]),
    ...(holds
      ? []
      : [{ path: 'backend', message: `${wants}: the backend “simulator” or “statevector”.` }]),
  ];
}

function classicalFaults(spec: Asked, { id }: Algorithm): SpecProblem[] {
  const because = `“${id}” is classical and runs no circuit`;
  return [
    ...(spec.backend === 'simulator'
      ? []
      : [
          {
            path: 'backend',
            message: `${because}, so nothing of it runs there. Leave “backend” out.`,
          },
        ]),
    ...(spec.mitigation.length === 0
      ? []
      : [
          {
            path: 'mitigation',
            message: `${because}, so there is nothing to mitigate. Leave it out.`,
          },
        ]),
    ...(spec.noise === undefined
      ? []
      : [{ path: 'noise', message: `${because}, so it meets no noise. Leave it out.` }]),
    ...(spec.gradient === undefined
      ? []
      : [{ path: 'gradient', message: `${because}, so it asks for no gradient. Leave it out.` }]),
  ];
}

/** Gradients are had from expectations. */
function reaches({ serves }: Technique, asks: readonly AskKind[]): boolean {
  const served = new Set<AskKind>(serves);
  return asks.some(
    (kind) => served.has(kind) || (kind === 'gradients' && served.has('expectations')),
  );
}

/** What an algorithm asks and a technique does not reach, in words for the result; none where it reaches all. */
export function untouched(
  { techniques }: Pick<Members, 'techniques'>,
  { mitigation }: Mitigated,
  asked: readonly AskKind[],
): string[] {
  const asks = asked.filter((kind) => kind !== 'gradients' && kind !== 'metric');
  return mitigation.flatMap(({ technique: id }) => {
    const technique = techniques.find((one) => one.id === id);
    if (technique === undefined) return [];
    const left = asks.filter((kind) => !technique.serves.includes(kind));
    if (left.length === 0) return [];
    return [
      `${id} works on ${listed(technique.serves)}; the ${listed(left)} are as the backend gave them.`,
    ];
  });
}

/** The rewrites of a job, from its program down to its backend. */
export function rewritesOf(
  members: Members,
  spec: JobSpec,
  facts: BackendFacts,
  { asks, compiler }: { readonly asks: readonly AskKind[]; readonly compiler: Compiler | null },
): PlannedRewrite[] {
  const { answers, name } = facts;
  const techniques = spec.mitigation.map(({ technique: id, ...settings }, k) => {
    const technique = members.techniques.find((one) => one.id === id) as Technique;
    const { place } = technique;
    return { name: id, rewrite: technique.rewrite(settings), stream: [401, k], place };
  });
  // The technique that is listed first works on the values first, so it stands nearest to the backend.
  const upwards = techniques.toReversed();
  const lowering: PlannedRewrite = {
    name: 'runs',
    rewrite: (program) => lowerToRuns(program, { answers, shots: spec.shots, name }),
    stream: [403],
  };
  const isLowered = [...questionKinds].some((kind) => !answers.has(kind));
  return [
    ...(asks.includes('gradients') ? gradientRewrites(members, spec, facts) : []),
    // What speaks of the program's own qubits stands above the compiler, what speaks of gates below it.
    ...upwards.filter(({ place }) => place === 'state'),
    ...(compiler === null ? [] : [compiling(compiler)]),
    ...upwards.filter(({ place }) => place !== 'state'),
    ...(isLowered ? [lowering] : []),
  ];
}

function compiling(compiler: Compiler): PlannedRewrite {
  return { name: 'compile', rewrite: (program) => compiler.rewrite(program), stream: [404] };
}

const questionKinds: readonly AskKind[] = [
  'expectations',
  'gradients',
  'metric',
  'samples',
  'probabilities',
  'overlaps',
];

/** Gradients become expectations wherever the backend does not answer them, or another method was asked for. */
function gradientRewrites(
  { gradients }: Pick<Members, 'gradients'>,
  spec: JobSpec,
  facts: BackendFacts,
): PlannedRewrite[] {
  const isAnswered = facts.answers.has('gradients') && spec.mitigation.length === 0;
  if (spec.gradient === 'adjoint' && !isAnswered) {
    throw new AppError(
      'bad-input',
      'The gradient “adjoint” needs the exact state: no shots, no noise, no mitigation and the backend “simulator” or “statevector”. Choose “parameter-shift” or leave “gradient” out.',
      { path: 'gradient' },
    );
  }
  const id = spec.gradient ?? (isAnswered ? 'adjoint' : 'parameter-shift');
  const lower = gradients.find((one) => one.id === id)?.lower ?? null;
  if (lower === null) return [];
  return [{ name: id, rewrite: (program, { rng }) => lower(program, rng), stream: [402] }];
}

function listed(kinds: readonly AskKind[]): string {
  return [...new Set(kinds)].join(', ');
}
