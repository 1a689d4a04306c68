/** A scaling that was fitted on training rows and is then applied to any row. */
export type Scaling = (row: Float64Array) => Float64Array;

/** (v − min)/(max − min) of the training rows, clipped to [0, 1]; a constant column becomes 0. */
export function fitUnitRange(rows: readonly Float64Array[]): Scaling {
  const size = rows[0]?.length ?? 0;
  const low = new Float64Array(size).fill(Infinity);
  const high = new Float64Array(size).fill(-Infinity);
  for (const row of rows) {
    row.forEach((v, k) => {
      low[k] = Math.min(low[k] as number, v);
      high[k] = Math.max(high[k] as number, v);
    });
  }
  return (row) =>
    row.map((v, k) => {
      const width = (high[k] as number) - (low[k] as number);
      return width === 0 ? 0 : Math.min(1, Math.max(0, (v - (low[k] as number)) / width));
    });
}

/** (v − mean)/standard deviation (ddof 0) of the training rows; a constant column becomes 0. */
export function fitStandard(rows: readonly Float64Array[]): Scaling {
  const size = rows[0]?.length ?? 0;
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  for (const row of rows) row.forEach((v, k) => (mean[k] = (mean[k] as number) + v / rows.length));
  for (const row of rows) {
    row.forEach(
      (v, k) => (square[k] = (square[k] as number) + (v - (mean[k] as number)) ** 2 / rows.length),
    );
  }
  return (row) =>
    row.map((v, k) => {
      const deviation = Math.sqrt(square[k] as number);
      return deviation === 0 ? 0 : (v - (mean[k] as number)) / deviation;
    });
}
