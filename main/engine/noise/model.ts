import { AppError } from '#shared/base/errors.ts';
import { formatBytes } from '#shared/base/format-bytes.ts';
import type { NoiseModel, NoiseRule, ReadoutError } from '#shared/jobs/noise.ts';
import type { Matrix } from '#shared/math/matrix.ts';
import { gateOf, requireSoundNoise } from './faults.ts';
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
  readonly model: NoiseModel;
  /** The rules that have given a channel for some gate. */
  readonly applied: ReadonlySet<NoiseRule>;
  /** Gates on three or more qubits that were asked about and have no channel. */
  readonly noiseless: ReadonlySet<string>;
  /**
   * Channels after a gate of this id on these qubits, in the order of the rules. `id` with a power idles as
   * often: it relaxes for as many times as long; to anything else a power does nothing.
   */
  after(gate: string, qubits: readonly number[], power?: number): readonly NoiseStep[];
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

/** Prepares a model; throws `bad-input` for gates and channels that there are not (ΣK†K ≠ 1, T2 > 2·T1). */
export function compileNoise(model: NoiseModel): CompiledNoise {
  requireSoundNoise(model);
  const rules = model.rules.map(compileRule);
  const applied = new Set<NoiseRule>();
  const noiseless = new Set<string>();
  const memory = new Map<string, readonly NoiseStep[]>();
  return {
    model,
    applied,
    noiseless,
    after(gate, qubits, power = 1) {
      const times = gate === 'id' ? Math.abs(power) : 1;
      const key = `${gate} ${times} ${qubits.join(' ')}`;
      const known = memory.get(key);
      if (known !== undefined) return known;
      const steps = rules.flatMap((compiled) => {
        const own = stepsOf(idled(compiled, times), gate, qubits);
        if (own.length > 0) applied.add(compiled.rule);
        return own;
      });
      if (steps.length === 0 && qubits.length > 2) noiseless.add(gate);
      memory.set(key, steps);
      return steps;
    },
    readout: new Map(model.readout.map((error) => [error.qubit, error])),
    hasChannels: rules.length > 0,
  };
}

/** The rule for so many idle steps at once. */
function idled(compiled: CompiledRule, times: number): CompiledRule {
  const { rule } = compiled;
  if (times === 1 || rule.channel !== 'thermal_relaxation') return compiled;
  return { ...compiled, channel: channelOf({ ...rule, time: rule.time * times }) };
}

function compileRule(rule: NoiseRule): CompiledRule {
  const { on } = rule;
  const names = typeof on === 'string' ? null : on;
  return {
    rule,
    channel: remembering(channelOf(rule)),
    gates: names === null ? null : new Set(names.map((name) => gateOf(name)?.id ?? name)),
    arity: on === '1q' ? 1 : on === '2q' ? 2 : null,
    qubits: rule.qubits === undefined ? null : new Set(rule.qubits),
  };
}

/** A joint channel's tables by their number of qubits: whoever recognises one of them knows them all. */
function remembering(channel: Channel): Channel {
  if (channel.acts !== 'jointly') return channel;
  const known = new Map<number, Matrix>();
  return {
    acts: 'jointly',
    superoperator(qubitCount) {
      const table = known.get(qubitCount) ?? channel.superoperator(qubitCount);
      known.set(qubitCount, table);
      return table;
    },
  };
}

/** A superoperator on 6 qubits would take 256 MB, on 7 qubits 4 GB. */
const jointQubits = 5;

function tooWide(gate: string, qubits: number): AppError {
  return new AppError(
    'too-large',
    `A joint depolarizing channel on the ${qubits} qubits of one “${gate}” gate needs a table of ${formatBytes(16 ** qubits * 16)}; it reaches ${jointQubits} qubits. Use pauli_depolarizing, which acts on each qubit, or rules for gates of fewer qubits.`,
    { gate, qubits },
  );
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
      if (qubits.length > jointQubits) throw tooWide(gate, qubits.length);
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
