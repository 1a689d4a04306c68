import type { CancelFlag } from '#shared/base/cancel.ts';
import { type Bindings, evaluate, parametersIn } from '#shared/circuit/expression.ts';
import { derivativeOf } from '#shared/circuit/differentiate.ts';
import { type CompiledCircuit, stepsOf } from '../simulators/evaluator.ts';
import { innerProduct } from '../simulators/amplitudes.ts';
import type { UnitaryInstruction } from '../simulators/lowering.ts';
import { Statevector } from '../simulators/statevector.ts';
import { generatorOf } from './generator.ts';

export type MetricShape = 'full' | 'block-diagonal' | 'diagonal';

/**
 * The Fubini-Study metric g[i·d + j] = Re⟨∂ᵢψ|∂ⱼψ⟩ − Re(⟨∂ᵢψ|ψ⟩⟨ψ|∂ⱼψ⟩) of d parameters, a quarter of
 * the quantum Fisher information (Stokes et al., arXiv:1909.02108). Entries outside the shape are 0.
 * One sweep with b + 1 states for each block of b parameters. `compiled` must have no merged phases.
 */
export function fubiniStudyMetric(
  compiled: CompiledCircuit,
  bindings: Bindings,
  shape: MetricShape,
  cancel: CancelFlag,
): Float64Array {
  const names = compiled.parameterNames;
  const metric = new Float64Array(names.length ** 2);
  for (const block of blocksOf(compiled, shape)) {
    const { state, slopes } = derivativeStates(compiled, bindings, block, cancel);
    const along = slopes.map((slope) => innerProduct(state.state, slope.state));
    block.forEach((first, a) => {
      block.forEach((second, b) => {
        if (b < a) return;
        const [left, right] = [along[a] as Complex, along[b] as Complex];
        const product = innerProduct(
          (slopes[a] as Statevector).state,
          (slopes[b] as Statevector).state,
        );
        const entry = product.re - (left.re * right.re + left.im * right.im);
        metric[first * names.length + second] = entry;
        metric[second * names.length + first] = entry;
      });
    });
    for (const one of [state, ...slopes]) one.release();
  }
  return metric;
}

interface Complex {
  readonly re: number;
  readonly im: number;
}

/** Positions of the parameters that are looked at together. */
function blocksOf(compiled: CompiledCircuit, shape: MetricShape): number[][] {
  const all = compiled.parameterNames.map((_, k) => k);
  switch (shape) {
    case 'full':
      return all.length === 0 ? [] : [all];
    case 'diagonal':
      return all.map((k) => [k]);
    case 'block-diagonal':
      return layersOf(compiled);
  }
}

/**
 * Parameters by layer: a new layer begins where an open gate meets a qubit that an open gate of the
 * layer has touched. A parameter belongs to the layer in which it comes first.
 */
function layersOf(compiled: CompiledCircuit): number[][] {
  const layers: number[][] = [];
  const placed = new Set<string>();
  let touched = new Set<number>();
  for (const step of compiled.steps) {
    if (step.kind !== 'open') continue;
    const names = step.instruction.parameters.flatMap((parameter) => parametersIn(parameter));
    const { qubits } = step.instruction;
    if (layers.length === 0 || qubits.some((qubit) => touched.has(qubit))) {
      layers.push([]);
      touched = new Set();
    }
    for (const qubit of qubits) touched.add(qubit);
    for (const name of names) {
      if (placed.has(name)) continue;
      placed.add(name);
      layers.at(-1)?.push(compiled.parameterNames.indexOf(name));
    }
  }
  return layers.filter((layer) => layer.length > 0);
}

/** |ψ⟩ and its derivatives by the parameters at these positions. */
function derivativeStates(
  compiled: CompiledCircuit,
  bindings: Bindings,
  block: readonly number[],
  cancel: CancelFlag,
): { readonly state: Statevector; readonly slopes: Statevector[] } {
  const state = Statevector.zero(compiled.qubits, 'f64');
  const slopes = block.map(() => emptyState(compiled.qubits));
  for (const step of compiled.steps) {
    cancel.throwIfCancelled();
    if (step.kind === 'phase') continue;
    const list = stepsOf(step, bindings);
    for (const register of [...slopes, state]) for (const one of list) register.applyUnitary(one);
    block.forEach((k, b) => {
      const name = compiled.parameterNames[k] as string;
      addSlope(slopes[b] as Statevector, state, step.instruction, name, bindings);
    });
  }
  return { state, slopes };
}

/** Adds (∂U/∂parameter)·U†·|state⟩, the state being behind the gate. */
function addSlope(
  slope: Statevector,
  state: Statevector,
  instruction: UnitaryInstruction,
  name: string,
  bindings: Bindings,
): void {
  instruction.parameters.forEach((parameter, index) => {
    const inner = derivativeOf(parameter, name, bindings);
    if (inner === 0) return;
    const changed = derivativeOn(state, instruction, index, bindings);
    const from = changed.state;
    const into = slope.state;
    for (let i = 0; i < from.re.length; i++) {
      into.re[i] = (into.re[i] as number) + inner * (from.re[i] as number);
      into.im[i] = (into.im[i] as number) + inner * (from.im[i] as number);
    }
    changed.release();
  });
}

/** −i·G|state⟩ by one angle; zero where controls of the call do not hold. */
function derivativeOn(
  state: Statevector,
  instruction: UnitaryInstruction,
  index: number,
  bindings: Bindings,
): Statevector {
  const { gate, qubits, controls, antiControls } = instruction;
  if (gate.derivative === null) return emptyState(state.qubits);
  const own = qubits.slice(-gate.qubitCount);
  const angles = instruction.parameters.map((parameter) => evaluate(parameter, bindings));
  const { size, re, im } = generatorOf(instruction, angles, index);
  const matrix = { size, re: im, im: re.map((x) => -x) };
  const changed = state.copy();
  changed.applyUnitary({ matrix, targets: own, controls: [], isDiagonal: false });
  for (const control of controls) if (!own.includes(control)) changed.project(control, 1);
  for (const control of antiControls) changed.project(control, 0);
  return changed;
}

function emptyState(qubits: number): Statevector {
  const empty = Statevector.zero(qubits, 'f64');
  empty.state.re[0] = 0;
  return empty;
}
