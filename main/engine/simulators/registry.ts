import { density, statevector } from './dense.ts';
import { mps } from './mps/index.ts';
import { pauliPropagation } from './pauli-propagation/index.ts';
import { AppError } from '#shared/base/errors.ts';
import type { SimulationOptions, Simulator } from './simulator.ts';
import { stabilizer } from './stabilizer/index.ts';
import { trajectories } from './trajectories/index.ts';

/** Every simulator, sorted by id. */
export const simulators: readonly Simulator[] = [
  density,
  mps,
  pauliPropagation,
  stabilizer,
  statevector,
  trajectories,
];

/** The method that was asked for by its id. */
export function simulatorNamed({
  method,
  simulators: known = simulators,
}: Pick<SimulationOptions, 'method' | 'simulators'>): Simulator {
  const found = known.find(({ id }) => id === method);
  if (found !== undefined) return found;
  const ids = known.map(({ id }) => id).join(', ');
  throw new AppError('unsupported', `Method “${method}” is not available; available are ${ids}.`, {
    method,
  });
}
