const steps = [1, 1.25, 2, 2.5, 4, 5, 8, 10] as const;

/** The least round number that is not below a share, at most 1: where the axis of shares ends. */
export function niceCeiling(share: number): number {
  if (!(share > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(share));
  const step = steps.find((one) => one * power >= share * (1 - 1e-9)) ?? 10;
  return Math.min(1, step * power);
}
