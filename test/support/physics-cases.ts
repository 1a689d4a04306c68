import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { casesFolder } from './cases.ts';
import { heisenbergChain, isingChain } from '#test/support/hamiltonians.ts';

/** A chain of spins with its known energies: Ising in a transverse field h, Heisenberg without one. */
export interface Chain {
  readonly id: string;
  readonly n: number;
  readonly periodic: boolean;
  readonly J: number;
  readonly h?: number;
  readonly ground_energy: number;
  readonly first_excited: number;
  readonly second_excited: number;
}

export function casesOf<T>(name: string): readonly T[] {
  return JSON.parse(readFileSync(join(casesFolder, 'physics', `${name}.json`), 'utf8')) as T[];
}

export const chains = casesOf<Chain>('spin_chains');

/** The chain as the problem of a spec. */
export function chainProblem({ n, J, h, periodic }: Chain) {
  const terms =
    h === undefined ? heisenbergChain(n, { J, periodic }) : isingChain(n, { J, h, periodic });
  return { kind: 'hamiltonian', qubits: n, terms };
}
