/** A Hamiltonian of electrons in orthonormal orbitals, which both spins share; energies in Hartree. */
export interface OrbitalIntegrals {
  readonly orbitals: number;
  /** Electrons of spin up and of spin down. */
  readonly electrons: readonly [number, number];
  /** What does not depend on these electrons: nuclei, and electrons that were frozen. */
  readonly constant: number;
  /** h_pq at p·n + q. */
  readonly one: Float64Array;
  /** (pq|rs) at ((p·n + q)·n + r)·n + s. */
  readonly two: Float64Array;
}

/** The energy of the determinant that fills the first orbitals of each spin. */
export function determinantEnergy(integrals: OrbitalIntegrals): number {
  const { orbitals: n, electrons, constant, one, two } = integrals;
  let energy = constant;
  for (const [spin, count] of electrons.entries()) {
    for (let i = 0; i < count; i++) {
      energy += one[i * n + i] as number;
      for (const [other, otherCount] of electrons.entries()) {
        for (let j = 0; j < otherCount; j++) {
          const direct = two[((i * n + i) * n + j) * n + j] as number;
          const exchange = spin === other ? (two[((i * n + j) * n + j) * n + i] as number) : 0;
          energy += (direct - exchange) / 2;
        }
      }
    }
  }
  return energy;
}
