/** A function of the values on the axes, at every point of their product; the first axis is fastest. */
export function onPoints(
  axes: readonly ArrayLike<number>[],
  of: (point: readonly number[]) => number,
): Float64Array {
  const size = axes.reduce((product, axis) => product * axis.length, 1);
  return Float64Array.from({ length: size }, (_, index) => {
    let rest = index;
    return of(
      axes.map((axis) => {
        const value = axis[rest % axis.length] as number;
        rest = Math.floor(rest / axis.length);
        return value;
      }),
    );
  });
}
