import { z } from 'zod';
import type { DeviceRecord } from './device.ts';

const known = z.number().nullable();

/** What is asked of the machine that is chosen. */
export const selectionLimitsSchema = z.object({
  /** USD of the whole run. */
  maxCost: z.number().gte(0).optional(),
  /** Seconds of waiting and running. */
  maxWait: z.number().gte(0).optional(),
  minFidelity: z.number().gte(0).lte(1).optional(),
  providers: z.array(z.string()).min(1).optional(),
});

export type SelectionLimits = z.infer<typeof selectionLimitsSchema>;

export const rankedSchema = z.object({
  id: z.string(),
  provider: z.string(),
  /** Of the circuit as it was compiled for this machine: the product of (1 − error) over gates and readouts. */
  fidelity: known,
  /** Waiting, as far as the vendor says, and running. */
  seconds: known,
  /** USD; null where no price is public. */
  cost: known,
  score: z.number(),
  twoQubitGates: known,
  /** Why it cannot or may not run there, one sentence each. */
  obstacles: z.array(z.string()),
  /** How its score came about. */
  reason: z.string(),
});

export type Ranked = z.infer<typeof rankedSchema>;

export const selectionSchema = z.object({
  choice: z.string().nullable(),
  ranking: z.array(rankedSchema),
});

export type Selection = z.infer<typeof selectionSchema>;

/** A machine and what the circuit came to on it. */
export type Candidate = Omit<Ranked, 'score' | 'reason'>;

/** What all of a limit is worth: a machine that just keeps it loses this share of its score. */
const weight = 0.25;

/**
 * Machines in the order in which to take them: those that can run it, by the fidelity of this circuit, of which cost and
 * time take off up to a quarter each, by how much of their limit they use up. Without limits fidelity alone decides, and
 * then price, time and name. One of unknown fidelity comes after all that are known.
 */
export function rank(candidates: readonly Candidate[], limits: SelectionLimits): Selection {
  const ranking = candidates.map((one): Ranked => {
    const obstacles = [...one.obstacles, ...beyond(one, limits)];
    const [byCost, byTime] = [
      factor(one.cost, limits.maxCost),
      factor(one.seconds, limits.maxWait),
    ];
    const score = obstacles.length > 0 ? 0 : (one.fidelity ?? 0) * byCost * byTime;
    return { ...one, obstacles, score, reason: reasonOf(one, obstacles, byCost * byTime) };
  });
  const open = (one: Ranked): number => (one.obstacles.length > 0 ? 1 : 0);
  const last = (value: number | null): number => value ?? Number.MAX_VALUE;
  ranking.sort(
    (a, b) =>
      open(a) - open(b) ||
      b.score - a.score ||
      last(a.cost) - last(b.cost) ||
      last(a.seconds) - last(b.seconds) ||
      (a.id < b.id ? -1 : 1),
  );
  const [first] = ranking;
  return {
    choice: first === undefined || first.obstacles.length > 0 ? null : first.id,
    ranking,
  };
}

function factor(value: number | null, limit: number | undefined): number {
  if (value === null || limit === undefined || limit === 0) return 1;
  return 1 - weight * Math.min(1, value / limit);
}

function beyond(one: Candidate, limits: SelectionLimits): string[] {
  const { maxCost, maxWait, minFidelity, providers } = limits;
  const said: string[] = [];
  const over = (value: number | null, limit: number | undefined, what: string, unit: string) => {
    if (limit === undefined) return;
    if (value === null) said.push(`Its ${what} is not known, and is limited to ${limit} ${unit}.`);
    else if (value > limit) {
      said.push(`Its ${what} is ${value.toPrecision(3)} ${unit}, over the limit of ${limit}.`);
    }
  };
  over(one.cost, maxCost, 'cost', 'USD');
  if (one.seconds !== null) over(one.seconds, maxWait, 'time', 's');
  if (minFidelity !== undefined && (one.fidelity ?? 0) < minFidelity) {
    const fidelity = one.fidelity === null ? 'not known' : one.fidelity.toPrecision(3);
    said.push(`The fidelity of this circuit is ${fidelity}; ${minFidelity} is asked for.`);
  }
  if (providers !== undefined && !providers.includes(one.provider)) {
    said.push(`It is ${one.provider}’s; ${providers.join(', ')} may be taken.`);
  }
  return said;
}

function reasonOf(one: Candidate, obstacles: readonly string[], taken: number): string {
  if (obstacles.length > 0) return obstacles[0] ?? '';
  const fidelity =
    one.fidelity === null
      ? 'its errors are not published'
      : `fidelity ${one.fidelity.toPrecision(3)}`;
  const gates = one.twoQubitGates === null ? '' : ` with ${one.twoQubitGates} two-qubit gates`;
  const off = taken < 1 ? `, less ${(100 * (1 - taken)).toPrecision(2)} % for cost and time` : '';
  return `${fidelity}${gates}${off}`;
}

/** USD of so many shots that take so many seconds in all; null where no price is public. */
export function priceOf(
  { price }: Pick<DeviceRecord, 'price'>,
  shots: number,
  seconds: number | null,
): number | null {
  const { perShot, perTask, perSecond } = price;
  if (perShot === undefined && perTask === undefined && perSecond === undefined) return null;
  if (perSecond !== undefined && seconds === null) return null;
  return (perTask ?? 0) + shots * (perShot ?? 0) + (seconds ?? 0) * (perSecond ?? 0);
}
