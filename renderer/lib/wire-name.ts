const longestName = 10;

/** A wire's name that fits beside the wire: the middle is left out, the number at its end stays. */
export function shortName(name: string, mark: '[' | '/'): string {
  if (name.length <= longestName) return name;
  const at = name.lastIndexOf(mark);
  const end = at < 0 ? '' : name.slice(at);
  return `${name.slice(0, Math.max(1, longestName - 1 - end.length))}…${end}`;
}
