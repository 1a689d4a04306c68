import type { Rng } from '#shared/base/rng.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { unitaryOf } from '#shared/circuit/unitary.ts';
import { gateNamed } from '#shared/gates/registry.ts';
import { controlled, identity, type Matrix, turnedBy } from '#shared/math/matrix.ts';
import { unitaryPower } from '#shared/math/unitary-power.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { pick } from './generate-types3.ts';

/** A modifier of OpenQASM 3. */
export type Modifier =
  | { readonly kind: 'pow'; readonly exponent: number }
  | { readonly kind: 'inv' | 'ctrl' | 'negctrl' };

export const exponents: readonly number[] = [2, -1, 0, 3, 0.5, -0.5, 1.5, 1 / 3, -2.25];

export function randomModifiers(rng: Rng, most: number): Modifier[] {
  return Array.from({ length: rng.below(most + 1) }, (): Modifier => {
    const kind = pick(['pow', 'pow', 'inv', 'ctrl', 'negctrl'] as const, rng);
    return kind === 'pow' ? { kind, exponent: pick(exponents, rng) } : { kind };
  });
}

export function modifierText(modifiers: readonly Modifier[]): string {
  return modifiers
    .map((one) => (one.kind === 'pow' ? `pow(${one.exponent}) @ ` : `${one.kind} @ `))
    .join('');
}

export function controlsOf(modifiers: readonly Modifier[]): number {
  return modifiers.filter(({ kind }) => kind === 'ctrl' || kind === 'negctrl').length;
}

/**
 * The matrix of a gate of stdgates.inc (or U, gphase) as OpenQASM 3 defines it, phase included: U has
 * e^{iθ/2} beyond the gate with a real corner, u2 and u3 take back half of φ + λ.
 */
export function languageMatrix(name: string, angles: readonly number[]): Matrix {
  const [a = 0, b = 0, c = 0] = angles;
  if (name === 'gphase') return turnedBy(identity(1), a);
  const known = name === 'U' ? gateNamed('u3', 3) : gateNamed(name, 3);
  if (known === null) throw new Error(`no gate ${name}`);
  const phase =
    name === 'U' ? a / 2 : name === 'u2' ? -(a + b) / 2 : name === 'u3' ? -(b + c) / 2 : 0;
  return turnedBy(known.matrix(angles), phase);
}

/** The matrix under modifiers, the last one innermost; controls are the lowest qubits, outermost first. */
export function underModifiers(matrix: Matrix, modifiers: readonly Modifier[]): Matrix {
  return modifiers.reduceRight((inner, one) => {
    if (one.kind === 'pow') return unitaryPower(inner, one.exponent);
    if (one.kind === 'inv') return unitaryPower(inner, -1);
    const under = controlled(inner);
    return one.kind === 'ctrl' ? under : flipped(under);
  }, matrix);
}

/** X on the lowest qubit before and after. */
function flipped({ size, re, im }: Matrix): Matrix {
  const at = (k: number): number => (Math.floor(k / size) ^ 1) * size + ((k % size) ^ 1);
  return {
    size,
    re: re.map((_, k) => re[at(k)] as number),
    im: im.map((_, k) => im[at(k)] as number),
  };
}

/** The circuit of a text; a fault is an error of the test. */
export function circuitOf(text: string): Circuit {
  const { circuit, diagnostics } = parseDocument(text);
  if (circuit === null) throw new Error(`${JSON.stringify(diagnostics[0])} in\n${text}`);
  return circuit;
}

export function matrixOf(text: string): Matrix {
  return unitaryOf(circuitOf(text));
}

/** A call of a gate under modifiers and one more control, and what it does. */
export interface ModifiedCall {
  readonly text: string;
  readonly matrix: Matrix;
}

const head = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n';
const angleChoices = [0.3, -1.1, Math.PI, 4.5, 2 * Math.PI, -Math.PI / 2, 0, 7];

/** Places in which a call can stand: as it is, in a body with its numbers or its parameters, as a gate of one's own. */
export const callPlaces = ['plain', 'body', 'parameters', 'own'] as const;

/** `ctrl @ modifiers @ gate` in one of the places; a phase of it turns the first qubit. */
export function modifiedCall(
  name: string,
  place: (typeof callPlaces)[number],
  modifiers: readonly Modifier[],
  rng: Rng,
): ModifiedCall {
  const { parameters, qubits: own } = shapeOf(name);
  const angles = Array.from({ length: parameters }, () => pick(angleChoices, rng));
  const inner = own + controlsOf(modifiers);
  const wires = Array.from({ length: inner }, (_, i) => `w${i}`);
  const under = modifierText(modifiers);
  const call = (given: readonly (number | string)[], on: readonly string[]): string =>
    `${name}${given.length === 0 ? '' : `(${given.join(', ')})`} ${on.join(', ')};`;
  const register = `qubit[${inner + 1}] q;\n`;
  const all = Array.from({ length: inner + 1 }, (_, i) => `q[${i}]`);
  const matrix = languageMatrix(name, angles);
  const plain = underModifiers(matrix, [{ kind: 'ctrl' }, ...modifiers]);
  switch (place) {
    case 'plain':
      return { text: `${head}${register}ctrl @ ${under}${call(angles, all)}`, matrix: plain };
    case 'body': {
      const body = `gate it ${['x0', ...wires].join(', ')} { ctrl @ ${under}${call(angles, ['x0', ...wires])} }\n`;
      return { text: `${head}${body}${register}it ${all.join(', ')};`, matrix: plain };
    }
    case 'parameters': {
      const names = angles.map((_, i) => `t${i}`);
      const list = names.length === 0 ? '' : `(${names.join(', ')})`;
      const given = angles.length === 0 ? '' : `(${angles.join(', ')})`;
      // A gate without qubits of its own has one that it leaves alone.
      const body = `gate it${list} ${['x0', ...wires].join(', ')} { ${under}${call(names, wires)} }\n`;
      return {
        text: `${head}${body}${register.replace(String(inner + 1), String(inner + 2))}ctrl @ it${given} q[0], q[${inner + 1}], ${all.slice(1).join(', ')};`.replace(
          /, ;$/,
          ';',
        ),
        matrix: withIdle(plain),
      };
    }
    default: {
      const target = own === 0 ? ['w0'] : Array.from({ length: own }, (_, i) => `w${i}`);
      const body = `gate it ${target.join(', ')} { ${call(angles, own === 0 ? [] : target)} gphase(0.4); }\n`;
      const count = 1 + controlsOf(modifiers) + target.length;
      const on = Array.from({ length: count }, (_, i) => `q[${i}]`);
      const base = own === 0 ? turnedBy(identity(2), angles[0] ?? 0) : matrix;
      return {
        text: `${head}${body}qubit[${count}] q;\nctrl @ ${under}it ${on.join(', ')};`,
        matrix: underModifiers(turnedBy(base, 0.4), [{ kind: 'ctrl' }, ...modifiers]),
      };
    }
  }
}

/** The same with one more qubit above, which nothing is done to. */
function withIdle({ size, re, im }: Matrix): Matrix {
  const wide = {
    size: 2 * size,
    re: new Float64Array(4 * size * size),
    im: new Float64Array(4 * size * size),
  };
  for (let half = 0; half < 2; half++) {
    for (let r = 0; r < size; r++) {
      for (let c = 0; c < size; c++) {
        const to = (r + half * size) * 2 * size + c + half * size;
        wide.re[to] = re[r * size + c] as number;
        wide.im[to] = im[r * size + c] as number;
      }
    }
  }
  return wide;
}

function shapeOf(name: string): { readonly parameters: number; readonly qubits: number } {
  if (name === 'gphase') return { parameters: 1, qubits: 0 };
  const gate = name === 'U' ? gateNamed('u3', 3) : gateNamed(name, 3);
  if (gate === null) throw new Error(`no gate ${name}`);
  return { parameters: gate.parameterNames.length, qubits: gate.qubitCount };
}
