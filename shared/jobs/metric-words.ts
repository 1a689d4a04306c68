/** Seconds stand behind these; every other figure is a plain number. */
const inSeconds = new Set(['executionTime', 'timeToSolution']);

const titles: Readonly<Record<string, string>> = {
  auc: 'Area under the ROC curve',
  f1: 'F1 score',
  bestRatio: 'Ratio of the best assignment',
  optimumProbability: 'Probability of the optimum',
  baselineAccuracy: 'Accuracy of the baseline',
};

/** "timeToSolution" as "Time to solution". */
export function titleOfMetric(metric: string): string {
  const known = titles[metric];
  if (known !== undefined) return known;
  const words = metric
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "s" or nothing. */
export function unitOfMetric(metric: string): string {
  return inSeconds.has(metric) ? 's' : '';
}

/** The title with its unit, as an axis has it: "Time to solution (s)". */
export function labelOfMetric(metric: string): string {
  const unit = unitOfMetric(metric);
  return unit === '' ? titleOfMetric(metric) : `${titleOfMetric(metric)} (${unit})`;
}
