import { gate } from '#shared/circuit/build.ts';
import type { GateOperation } from '#shared/circuit/circuit.ts';

/** One product of literals: bit i of `mask` says whether variable i is in it, bit i of `values` what it must be. */
interface Product {
  readonly mask: number;
  readonly values: number;
}

/**
 * A table of marks as products of which an odd number holds where it is marked: its marked strings, or its
 * algebraic normal form (products of variables that are 1), whichever has fewer.
 */
export function productsOf(isMarked: Uint8Array): Product[] {
  const every = isMarked.length - 1;
  const strings: Product[] = [];
  isMarked.forEach((mark, values) => {
    if (mark === 1) strings.push({ mask: every, values });
  });
  const terms: Product[] = [];
  algebraicNormalForm(isMarked).forEach((one, mask) => {
    if (one === 1) terms.push({ mask, values: mask });
  });
  return strings.length <= terms.length ? strings : terms;
}

/** Coefficient of the product of the variables in each index, modulo 2 (Möbius transform). */
function algebraicNormalForm(table: Uint8Array): Uint8Array {
  const form = table.slice();
  for (let half = 1; half < form.length; half *= 2) {
    for (let k = 0; k < form.length; k++) {
      if ((k & half) !== 0) form[k] = (form[k] as number) ^ (form[k ^ half] as number);
    }
  }
  return form;
}

/** Turns the sign of every marked string, up to a sign of all. */
export function phaseOracle(products: readonly Product[]): GateOperation[] {
  return products.flatMap(({ mask, values }) => {
    const [target, ...others] = variablesOf(mask);
    // The empty product turns the sign of all strings alike.
    if (target === undefined) return [];
    const flip = gate('z', [target]);
    const turned = others.length === 0 ? flip : { ...flip, controls: controlsOf(others, values) };
    if (((values >> target) & 1) === 1) return [turned];
    return [gate('x', [target]), turned, gate('x', [target])];
  });
}

/** Flips `target` for every marked string. */
export function bitOracle(products: readonly Product[], target: number): GateOperation[] {
  return products.map(({ mask, values }) => {
    const controls = variablesOf(mask);
    const flip = gate('x', [target]);
    return controls.length === 0 ? flip : { ...flip, controls: controlsOf(controls, values) };
  });
}

function variablesOf(mask: number): number[] {
  const found: number[] = [];
  for (let variable = 0; mask >> variable > 0; variable++) {
    if (((mask >> variable) & 1) === 1) found.push(variable);
  }
  return found;
}

function controlsOf(variables: readonly number[], values: number) {
  return variables.map((qubit) => ({
    qubit,
    value: ((values >> qubit) & 1) === 1 ? (1 as const) : (0 as const),
  }));
}
