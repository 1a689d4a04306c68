import { z } from 'zod';

/** More shots than this are no experiment; what memory holds may be less, which the engine says. */
export const mostShots = 1_000_000_000;

function bounded(most: number, what: string) {
  const message = `At most ${most.toLocaleString('en-US')} ${what} are taken.`;
  return z.int().gte(1).lte(most, { error: message });
}

export const shotsSchema = bounded(mostShots, 'shots');
export const seedsSchema = z.array(z.int().gte(0)).min(1).max(10_000);
