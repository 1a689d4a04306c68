/** Bytes with a binary unit and at most one decimal. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  // Beyond all units only the order of magnitude says anything: a state of 100 qubits, for one.
  if (bytes >= 1024 ** units.length) return `2^${Math.round(Math.log2(bytes))} bytes`;
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
