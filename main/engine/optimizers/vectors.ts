export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}

export function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}
