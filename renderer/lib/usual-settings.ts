import type { CatalogEntry } from '#shared/catalog/parameter.ts';

/**
 * Settings to begin with for a kind of problem. A portfolio's budget always holds under a mixer that
 * keeps the number of chosen assets, so that one is preset; the rest are the algorithm's defaults.
 */
export function usualSettings(
  algorithm: CatalogEntry | undefined,
  problem: string,
): Readonly<Record<string, unknown>> {
  const mixer = algorithm?.parameters.find(({ id }) => id === 'mixer');
  const hasRing =
    mixer?.kind === 'choice' && mixer.options.some(({ value }) => value === 'xy-ring');
  return problem === 'portfolio' && hasRing ? { mixer: 'xy-ring' } : {};
}
