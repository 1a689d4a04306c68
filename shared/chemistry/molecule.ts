import { transformed } from './active-space.ts';
import { hartreeFock } from './hartree-fock.ts';
import { nuclearRepulsion, oneElectronIntegrals } from './one-electron.ts';
import type { OrbitalIntegrals } from './orbital-integrals.ts';
import { type Atom, basisOf, elements } from './sto3g.ts';
import { twoElectronIntegrals } from './two-electron.ts';

/** Å in a Bohr radius (CODATA 2010, as most published energies were computed). */
export const bohr = 0.52917721092;

/** An element's symbol and its place in Ångström. */
export type Place = readonly [element: string, x: number, y: number, z: number];

export function atomsOf(geometry: readonly Place[]): Atom[] {
  return geometry.map(([element, x, y, z]) => ({
    element,
    charge: elements.indexOf(element) + 1,
    at: [x / bohr, y / bohr, z / bohr],
  }));
}

/** Orbitals that are filled in the next lighter noble gas: 1s from lithium on. */
export function coreCount(atoms: readonly Atom[]): number {
  return atoms.filter(({ charge }) => charge > 2).length;
}

export function basisSize(atoms: readonly Atom[]): number {
  return atoms.reduce((sum, { charge }) => sum + (charge > 2 ? 5 : 1), 0);
}

/** The electrons of a molecule in its Hartree-Fock orbitals, by energy, and what repels the nuclei. */
export function moleculeIntegrals(
  atoms: readonly Atom[],
  electrons: number,
): { readonly integrals: OrbitalIntegrals; readonly repulsion: number } {
  const basis = basisOf(atoms);
  const one = oneElectronIntegrals(basis, atoms);
  const two = twoElectronIntegrals(basis);
  const { coefficients } = hartreeFock(atoms, one, two, electrons / 2);
  const repulsion = nuclearRepulsion(atoms);
  const integrals: OrbitalIntegrals = {
    orbitals: basis.length,
    electrons: [electrons / 2, electrons / 2],
    constant: repulsion,
    ...transformed(one.core, two, coefficients),
  };
  return { integrals, repulsion };
}
