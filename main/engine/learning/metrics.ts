import type { Scores } from '#shared/results/learner-fields.ts';

/** How well decision values (above 0 = class 1) match labels; the area is null where only one class is present. */
export function classScores(
  labels: readonly number[],
  decisions: Float64Array,
  probabilities?: Float64Array,
): Scores {
  let [truePositive, trueNegative, falsePositive, falseNegative] = [0, 0, 0, 0];
  labels.forEach((label, i) => {
    const predicted = (decisions[i] as number) > 0 ? 1 : 0;
    if (label === 1 && predicted === 1) truePositive++;
    else if (label === 1) falseNegative++;
    else if (predicted === 1) falsePositive++;
    else trueNegative++;
  });
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  const sensitivity = share(truePositive, truePositive + falseNegative);
  const specificity = share(trueNegative, trueNegative + falsePositive);
  return {
    accuracy: share(truePositive + trueNegative, labels.length),
    balancedAccuracy: (sensitivity + specificity) / 2,
    f1: share(2 * truePositive, 2 * truePositive + falsePositive + falseNegative),
    auc: areaUnderCurve(labels, decisions),
    ...(probabilities === undefined ? {} : { logLoss: logLoss(labels, probabilities) }),
  };
}

/** Mean −ln of the probability that the label was given, at least the rounding of 1. */
function logLoss(labels: readonly number[], probabilities: Float64Array): number {
  const sum = labels.reduce((total, label, i) => {
    const p = probabilities[i] as number;
    return total - Math.log(Math.max(Number.EPSILON, label === 1 ? p : 1 - p));
  }, 0);
  return sum / labels.length;
}

/**
 * How near predictions come to values. R² is null where the values are all the same; QLIKE, the mean of
 * y/f − ln(y/f) − 1 (Patton 2011), where one of them is not above 0.
 */
export function valueScores(values: readonly number[], predicted: Float64Array): Scores {
  const n = values.length;
  const mean = values.reduce((sum, y) => sum + y, 0) / n;
  let [square, absolute, spread, quasi] = [0, 0, 0, 0];
  values.forEach((y, i) => {
    const f = predicted[i] as number;
    square += (y - f) ** 2;
    absolute += Math.abs(y - f);
    spread += (y - mean) ** 2;
    quasi += y > 0 && f > 0 ? y / f - Math.log(y / f) - 1 : Number.NaN;
  });
  return {
    mse: square / n,
    rmse: Math.sqrt(square / n),
    mae: absolute / n,
    r2: spread === 0 ? null : 1 - square / spread,
    qlike: Number.isFinite(quasi) ? quasi / n : null,
  };
}

/** Mann-Whitney statistic with ties counted half. */
function areaUnderCurve(labels: readonly number[], decisions: Float64Array): number | null {
  const order = labels.map((label, i) => ({ label, decision: decisions[i] as number }));
  order.sort((a, b) => a.decision - b.decision);
  let rankSum = 0;
  let positives = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && order[end]?.decision === order[start]?.decision) end++;
    const rank = (start + 1 + end) / 2;
    for (let i = start; i < end; i++) {
      if (order[i]?.label !== 1) continue;
      positives++;
      rankSum += rank;
    }
    start = end;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return null;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Mean over folds and its standard error. */
export function meanAndError(
  values: readonly (number | null)[],
): { mean: number; stderr: number } | null {
  const known = values.filter((value): value is number => value !== null);
  if (known.length === 0) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const square = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const stderr =
    known.length > 1 ? Math.sqrt(square / (known.length - 1) / known.length) : Number.NaN;
  return { mean, stderr };
}
