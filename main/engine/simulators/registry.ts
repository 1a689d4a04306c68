import { density, statevector } from './dense.ts';
import { mps } from './mps/index.ts';
import { pauliPropagation } from './pauli-propagation/index.ts';
import type { Simulator } from './simulator.ts';
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

export function simulatorById(id: string): Simulator | null {
  return simulators.find((simulator) => simulator.id === id) ?? null;
}
