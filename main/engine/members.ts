import type { DeviceRecord } from '#shared/devices/device.ts';
import { deviceRecords } from '#shared/devices/registry.ts';
import type { ProblemKind } from '#shared/problems/problem-kind.ts';
import { problemKinds } from '#shared/problems/registry.ts';
import { resultKinds } from '#shared/results/registry.ts';
import type { ResultKind } from '#shared/results/result-kind.ts';
import type { Algorithm } from './algorithms/algorithm.ts';
import type { Parts } from './parts.ts';
import { algorithms } from './algorithms/registry.ts';
import { ansatze } from './ansatze/registry.ts';
import type { GradientMethod } from './gradients/gradient-method.ts';
import { gradientMethods } from './gradients/registry.ts';
import { featureMaps } from './learning/feature-maps.ts';
import { techniques } from './mitigation/registry.ts';
import type { Technique } from './mitigation/technique.ts';
import { optimizers } from './optimizers/registry.ts';
import { simulators } from './simulators/registry.ts';
import type { Simulator } from './simulators/simulator.ts';

/**
 * Everything that an engine is made of. Gates and passes are not among them: they are the language that
 * circuits are written in, and how it is translated.
 */
export interface Members extends Parts {
  readonly algorithms: readonly Algorithm[];
  readonly devices: readonly DeviceRecord[];
  readonly gradients: readonly GradientMethod[];
  readonly problems: readonly ProblemKind[];
  readonly results: readonly ResultKind[];
  readonly simulators: readonly Simulator[];
  readonly techniques: readonly Technique[];
}

/** What comes with Ketbench. */
export const builtIn: Members = {
  algorithms,
  ansatze,
  devices: deviceRecords,
  featureMaps,
  gradients: gradientMethods,
  optimizers,
  problems: problemKinds,
  results: resultKinds,
  simulators,
  techniques,
};

/** The members with more of them. Those of a plug-in stand after the built-in ones. */
export function withMembers(base: Members, more: Partial<Members>): Members {
  return Object.fromEntries(
    Object.entries(base).map(([kind, members]: [string, readonly unknown[]]) => [
      kind,
      [...members, ...(more[kind as keyof Members] ?? [])],
    ]),
    // Each kind is joined with members of the same kind.
  ) as unknown as Members;
}
