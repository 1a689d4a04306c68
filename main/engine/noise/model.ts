import { gateNamed } from '#shared/gates/registry.ts';
import type { NoiseModel, NoiseRule, ReadoutError } from '#shared/jobs/noise.ts';
import type { Matrix } from '#shared/math/matrix.ts';
import { type Channel, channelOf, type Mixture } from './channels.ts';

/** A channel that follows a gate, on these qubits. */
export interface NoiseStep {
  readonly qubits: readonly number[];
  readonly superoperator: Matrix;
  /** The same channel as unitaries with fixed probabilities, where it was given as such. */
  readonly mixture?: Mixture;
}

/** A noise model ready to be asked what follows each gate. */
export interface CompiledNoise {
  /** Channels after a gate of this id on these qubits, in the order of the rules. */
  after(gate: string, qubits: readonly number[]): readonly NoiseStep[];
  readonly readout: ReadonlyMap<number, ReadoutError>;
  /** Whether any gate may be followed by a channel. */
  readonly hasChannels: boolean;
}

interface CompiledRule {
  readonly rule: NoiseRule;
  readonly channel: Channel;
  readonly gates: ReadonlySet<string> | null;
  readonly arity: number | null;
  readonly qubits: ReadonlySet<number> | null;
}

/** Prepares a model; throws `bad-input` for channels that are none (ΣK†K ≠ 1, T2 > 2·T1). */
export function compileNoise(model: NoiseModel): CompiledNoise {
  const rules = model.rules.map(compileRule);
  const memory = new Map<string, readonly NoiseStep[]>();
  return {
    after(gate, qubits) {
      const key = `${gate} ${qubits.join(' ')}`;
      const known = memory.get(key);
      if (known !== undefined) return known;
      const steps = rules.flatMap((rule) => stepsOf(rule, gate, qubits));
      memory.set(key, steps);
      return steps;
    },
    readout: new Map(model.readout.map((error) => [error.qubit, error])),
    hasChannels: rules.length > 0,
  };
}

function compileRule(rule: NoiseRule): CompiledRule {
  const { on } = rule;
  const names = typeof on === 'string' ? null : on;
  return {
    rule,
    channel: channelOf(rule),
    gates: names === null ? null : new Set(names.map((name) => gateNamed(name, 2)?.id ?? name)),
    arity: on === '1q' ? 1 : on === '2q' ? 2 : null,
    qubits: rule.qubits === undefined ? null : new Set(rule.qubits),
  };
}

/**
 * With `qubits` in the rule, a joint channel needs every qubit of the gate to be listed (so that a
 * pair can have a rate of its own) and a per-qubit channel acts on the listed ones.
 */
function stepsOf(compiled: CompiledRule, gate: string, qubits: readonly number[]): NoiseStep[] {
  const { channel, gates, arity, qubits: listed } = compiled;
  if (gates !== null && !gates.has(gate)) return [];
  if (arity !== null && arity !== qubits.length) return [];
  const isListed = (qubit: number) => listed === null || listed.has(qubit);
  switch (channel.acts) {
    case 'per-qubit':
      return qubits
        .filter(isListed)
        .map((qubit) => ({ qubits: [qubit], superoperator: channel.superoperator }));
    case 'jointly':
      return qubits.every(isListed)
        ? [{ qubits, superoperator: channel.superoperator(qubits.length) }]
        : [];
    case 'fixed': {
      const { qubitCount, superoperator, mixture } = channel;
      const what = mixture === null ? { superoperator } : { superoperator, mixture };
      if (qubitCount === qubits.length) return qubits.every(isListed) ? [{ qubits, ...what }] : [];
      return qubitCount === 1
        ? qubits.filter(isListed).map((qubit) => ({ qubits: [qubit], ...what }))
        : [];
    }
  }
}
