/** A member of a value whose shape its algorithm decides. */
export function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** The list of samples in a result, empty where there is none. */
export function samplesOf(result: unknown): readonly object[] {
  const samples = memberOf(result, 'samples');
  if (!Array.isArray(samples)) return [];
  return samples.filter((sample) => typeof sample === 'object' && sample !== null) as object[];
}
