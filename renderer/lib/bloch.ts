/** Where a Bloch vector ends in a drawing of radius 1, y downwards, and whether it points away. */
export interface Projected {
  readonly x: number;
  readonly y: number;
  readonly behind: boolean;
}

const turn = (-25 * Math.PI) / 180;
const tilt = (18 * Math.PI) / 180;

/** Looks at the sphere from the front right and a little above: z up, y to the right, x to the viewer. */
export function project([x, y, z]: readonly [number, number, number]): Projected {
  const side = y * Math.cos(turn) + x * Math.sin(turn);
  const depth = x * Math.cos(turn) - y * Math.sin(turn);
  return {
    x: side,
    y: -(z * Math.cos(tilt) - depth * Math.sin(tilt)),
    behind: depth * Math.cos(tilt) + z * Math.sin(tilt) < 0,
  };
}

/** Length of the vector: 1 for a pure state of this qubit, 0 where it is fully entangled or mixed. */
export function lengthOf([x, y, z]: readonly [number, number, number]): number {
  return Math.hypot(x, y, z);
}

/** What a phase disk shows of a qubit: P(1), the phase of |1⟩ to |0⟩ (null without coherence), tr ρ². */
export function diskOf(vector: readonly [number, number, number]): {
  readonly one: number;
  readonly phase: number | null;
  readonly purity: number;
} {
  const [x, y, z] = vector;
  return {
    one: Math.min(1, Math.max(0, (1 - z) / 2)),
    phase: Math.hypot(x, y) < 1e-6 ? null : Math.atan2(y, x),
    purity: (1 + Math.min(1, x * x + y * y + z * z)) / 2,
  };
}
