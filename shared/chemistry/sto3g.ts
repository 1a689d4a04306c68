/**
 * STO-3G (Hehre, Stewart and Pople 1969, J. Chem. Phys. 51, 2657; Hehre et al. 1970, 52, 2769): each Slater orbital as
 * three Gaussians. One expansion serves all elements; only the exponents differ.
 */
const first = [0.1543289673, 0.5353281423, 0.4446345422] as const;
const secondS = [-0.09996722919, 0.3995128261, 0.7001154689] as const;
const secondP = [0.155916275, 0.6076837186, 0.3919573931] as const;

type Three = readonly [number, number, number];

/** Exponents of 1s, and of 2s and 2p, from hydrogen to neon. */
const exponents: readonly (readonly [string, Three, Three?])[] = [
  ['H', [3.425250914, 0.6239137298, 0.168855404]],
  ['He', [6.362421394, 1.158922999, 0.3136497915]],
  ['Li', [16.11957475, 2.936200663, 0.794650487], [0.6362897469, 0.1478600533, 0.0480886784]],
  ['Be', [30.16787069, 5.495115306, 1.487192653], [1.31483311, 0.3055389383, 0.0993707456]],
  ['B', [48.79111318, 8.887362172, 2.40526704], [2.236956142, 0.5198204999, 0.16906176]],
  ['C', [71.61683735, 13.04509632, 3.53051216], [2.941249355, 0.683483096, 0.2222899159]],
  ['N', [99.10616896, 18.05231239, 4.885660238], [3.780455879, 0.8784966449, 0.2857143744]],
  ['O', [130.7093214, 23.80886605, 6.443608313], [5.033151319, 1.169596125, 0.38038896]],
  ['F', [166.679134, 30.36081233, 8.216820672], [6.464803249, 1.502281245, 0.4885884864]],
  ['Ne', [207.015607, 37.70815124, 10.20529731], [8.24631512, 1.916266291, 0.6232292721]],
];

/** The elements that have a basis, by their charge from 1 up. */
export const elements: readonly string[] = exponents.map(([symbol]) => symbol);

/** A nucleus; its place is in Bohr. */
export interface Atom {
  readonly element: string;
  readonly charge: number;
  readonly at: Three;
}

/** A sum of Gaussians x^a·y^b·z^c·exp(−α r²) about a centre; weights hold all norms. */
export interface BasisFunction {
  readonly centre: Three;
  /** Powers of x, y and z. */
  readonly powers: Three;
  readonly exponents: Three;
  readonly weights: Three;
}

/** Functions of all atoms in their order: 1s, then 2s, 2p_x, 2p_y, 2p_z from lithium on. */
export function basisOf(atoms: readonly Atom[]): BasisFunction[] {
  return atoms.flatMap(({ charge, at }) => {
    const [, inner, outer] = exponents[charge - 1] as (typeof exponents)[number];
    const core = functionOf(at, [0, 0, 0], inner, first);
    if (outer === undefined) return [core];
    return [
      core,
      functionOf(at, [0, 0, 0], outer, secondS),
      functionOf(at, [1, 0, 0], outer, secondP),
      functionOf(at, [0, 1, 0], outer, secondP),
      functionOf(at, [0, 0, 1], outer, secondP),
    ];
  });
}

/** The coefficients are for Gaussians of norm 1; their sum is brought to norm 1 as well. */
function functionOf(
  centre: Three,
  powers: Three,
  alphas: Three,
  coefficients: Three,
): BasisFunction {
  const degree = powers[0] + powers[1] + powers[2];
  const normed = alphas.map(
    (alpha, k) =>
      (coefficients[k] as number) *
      ((2 * alpha) / Math.PI) ** 0.75 *
      (degree === 1 ? 2 * Math.sqrt(alpha) : 1),
  );
  let square = 0;
  normed.forEach((a, i) => {
    normed.forEach((b, j) => {
      const sum = (alphas[i] as number) + (alphas[j] as number);
      square += a * b * (Math.PI / sum) ** 1.5 * (degree === 1 ? 1 / (2 * sum) : 1);
    });
  });
  const weights = normed.map((w) => w / Math.sqrt(square)) as [number, number, number];
  return { centre, powers, exponents: alphas, weights };
}
