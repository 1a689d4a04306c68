/** Quil's gates without modifiers, by the registry's id. */
const plain: Readonly<Record<string, string>> = {
  id: 'I',
  x: 'X',
  y: 'Y',
  z: 'Z',
  h: 'H',
  s: 'S',
  t: 'T',
  p: 'PHASE',
  rx: 'RX',
  ry: 'RY',
  rz: 'RZ',
  cx: 'CNOT',
  cz: 'CZ',
  cp: 'CPHASE',
  swap: 'SWAP',
  iswap: 'ISWAP',
  ccx: 'CCNOT',
  cswap: 'CSWAP',
};

const daggers: Readonly<Record<string, string>> = { sdg: 'S', tdg: 'T', iswapdg: 'ISWAP' };

/** How Quil says a gate of the registry: its word and whether it is its inverse. */
export function quilWordOf(gate: string): { readonly word: string; readonly isDagger: boolean } {
  const dagger = daggers[gate];
  return dagger === undefined
    ? { word: plain[gate] ?? gate, isDagger: false }
    : { word: dagger, isDagger: true };
}

/** What Quil can say without decomposing. */
export const quilTarget = {
  native: new Set([...Object.keys(plain), ...Object.keys(daggers)]),
  controllable: new Set('x y z h s sdg t tdg p rx ry rz swap iswap iswapdg'.split(' ')),
} as const;
