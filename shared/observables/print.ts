import type { PauliSum } from './pauli.ts';

/** The observable as `parseObservable` reads it: "0.5*Z0*Z1 - X2 + 1.25". */
export function printObservable(sum: PauliSum): string {
  let text = '';
  for (const { coefficient, factors } of sum.terms) {
    const size = Math.abs(coefficient);
    const letters = factors.map(({ qubit, letter }) => `${letter}${qubit}`);
    const parts = size === 1 && letters.length > 0 ? letters : [String(size), ...letters];
    const isNegative = coefficient < 0;
    if (text === '') text = isNegative ? '-' : '';
    else text += isNegative ? ' - ' : ' + ';
    text += parts.join('*');
  }
  return text === '' ? '0' : text;
}
