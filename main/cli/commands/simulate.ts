import { existsSync } from 'node:fs';
import { AppError } from '#shared/base/errors.ts';
import { loadEngine } from '../../jobs/engine-door.ts';
import { deviceNamed } from '#shared/devices/device.ts';
import { noiseModelSchema, type NoiseModel } from '#shared/jobs/noise.ts';
import {
  simulationMethods,
  simulationRequestSchema,
  type SimulationResult,
} from '#shared/jobs/simulation.ts';
import { noiseOfDevice } from '#engine/noise/device-model.ts';
import { providePlatform } from '#engine/platform.ts';
import { simulateSource } from '#engine/interpreter/simulate-source.ts';
import { badInput } from '../../ipc/call.ts';
import { nodePlatform } from '../../workers/node-platform.ts';
import { usableMemory } from '../../threads/usable-memory.ts';
import { type Command, type Invocation, textOption, textsOption } from '../command.ts';
import {
  choiceOption,
  includeBeside,
  integerOption,
  numberOption,
  readJson,
  readText,
} from '../input.ts';
import { formatTable, shortNumber } from '../output.ts';
import { withKept } from '../kept-devices.ts';
import { ShotFile, type ShotsFile } from '../shot-file.ts';

const shownOutcomes = 16;

/** `ketbench simulate FILE`: exact probabilities, or counts of shots. */
export const command: Command = {
  usage:
    'simulate FILE [--language 2|3] [--shots N] [--seed S] [--method M] [--precision f64|f32] [--threads N] [--kernel auto|portable] [--noise DEVICE|FILE.json] [--param name=JSON]… [--probabilities] [--state] [--expect PAULI]… [--target-error E] [--shots-to FILE]',
  summary: 'Simulate an OpenQASM program (FILE may be - for standard input).',
  help: `Without --shots the probabilities are exact. Keys run over all classical bits: bit 0 of the first
register is rightmost. --expect takes sums such as "0.5*Z0*Z1 - X2" or letters with the highest
qubit first; it and --state look at the state before the final measurements. With --target-error
methods that estimate stop at the first block of shots where every standard error is that small.
--shots-to writes every shot, one bit a bit: rows of whole bytes, bit 0 of the first register lowest in
the first byte (the b8 format of Stim); counts are given beside it over at most 16 bits.
Methods: ${simulationMethods.join(', ')}.`,
  arguments: [1, 1],
  options: {
    language: { type: 'string' },
    shots: { type: 'string' },
    seed: { type: 'string' },
    method: { type: 'string' },
    precision: { type: 'string' },
    threads: { type: 'string' },
    kernel: { type: 'string' },
    noise: { type: 'string' },
    param: { type: 'string', multiple: true },
    probabilities: { type: 'boolean' },
    state: { type: 'boolean' },
    expect: { type: 'string', multiple: true },
    'target-error': { type: 'string' },
    'shots-to': { type: 'string' },
  },
  async run(invocation) {
    const file = invocation.positionals[0] ?? '-';
    const parsed = simulationRequestSchema.safeParse(requestOf(invocation, readText(file)));
    if (!parsed.success) throw badInput('simulation', parsed.error);
    providePlatform(nodePlatform);
    const path = textOption(invocation, 'shots-to');
    const shots = path === undefined ? null : new ShotFile(path);
    try {
      const result = simulateSource(parsed.data, {
        freeBytes: usableMemory(),
        now: () => performance.now() / 1000,
        include: includeBeside(file),
        ...(shots === null ? {} : { sink: shots }),
      });
      const shotsFile = shots?.finish(result);
      invocation.print(shotsFile === undefined ? result : { ...result, shotsFile }, () =>
        [describe(result), ...(shotsFile === undefined ? [] : [said(shotsFile)])].join('\n'),
      );
      return 0;
    } catch (thrown) {
      shots?.discard();
      if (!(thrown instanceof AppError)) throw thrown;
      throw new AppError(thrown.code, thrown.message, { ...thrown.details, file }, thrown);
    }
  },
};

function requestOf(invocation: Invocation, source: string): Record<string, unknown> {
  const { values } = invocation;
  const noise = textOption(invocation, 'noise');
  const request: Record<string, unknown> = {
    source,
    language: integerOption('language', textOption(invocation, 'language')),
    shots: integerOption('shots', textOption(invocation, 'shots')),
    seed: integerOption('seed', textOption(invocation, 'seed')),
    threads: integerOption('threads', textOption(invocation, 'threads')),
    method: choiceOption('method', textOption(invocation, 'method'), simulationMethods),
    precision: choiceOption('precision', textOption(invocation, 'precision'), ['f64', 'f32']),
    kernel: choiceOption('kernel', textOption(invocation, 'kernel'), ['auto', 'portable']),
    noise: noise === undefined ? undefined : noiseOf(noise),
    parameters: Object.fromEntries(textsOption(invocation, 'param').map(parameterOf)),
    probabilities: values.probabilities === true,
    state: values.state === true,
    observables: textsOption(invocation, 'expect'),
    targetError: numberOption('target-error', textOption(invocation, 'target-error')),
  };
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
}

/** A file wins over a device model of the same name. */
function noiseOf(name: string): NoiseModel {
  if (!existsSync(name)) {
    const device = deviceNamed(withKept(loadEngine().engine.members.devices), name);
    if (device !== null) return noiseOfDevice(device);
    throw new AppError(
      'not-found',
      `There is no noise file “${name}” and no device model of that name. “ketbench catalog device” lists the models.`,
      { noise: name },
    );
  }
  const parsed = noiseModelSchema.safeParse(readJson(name));
  if (!parsed.success) throw badInput(`noise file ${name}`, parsed.error);
  return parsed.data;
}

function parameterOf(text: string): [string, unknown] {
  const at = text.indexOf('=');
  const name = text.slice(0, at);
  if (at < 1) {
    throw new AppError('bad-input', `--param wants name=value; got “${text}”.`, {
      option: 'param',
    });
  }
  try {
    return [name, JSON.parse(text.slice(at + 1))];
  } catch {
    throw new AppError(
      'bad-input',
      `The value of parameter “${name}” is not JSON: “${text.slice(at + 1)}”.`,
      { parameter: name },
    );
  }
}

function said({ shots, bits, path }: ShotsFile): string {
  return `${shots} shots of ${bits} bits are in ${path}`;
}

function describe(result: SimulationResult): string {
  const lines = [`${result.method} (${result.methodReason}), ${result.precision}`];
  if (result.counts !== undefined) lines.push('counts', outcomeTable(result.counts));
  if (result.probabilities !== undefined) {
    lines.push('probabilities', outcomeTable(result.probabilities));
  }
  for (const { observable, value, stderr } of result.expectations ?? []) {
    const error = stderr === null || stderr === 0 ? '' : ` ± ${stderr.toPrecision(3)}`;
    lines.push(`⟨${observable}⟩ = ${value === null ? 'not defined' : shortNumber(value)}${error}`);
  }
  lines.push(...result.warnings.map((warning) => `warning: ${warning}`));
  return lines.join('\n');
}

function outcomeTable(distribution: Readonly<Record<string, number>>): string {
  const entries = Object.entries(distribution).sort(([, a], [, b]) => b - a);
  const shown = entries
    .slice(0, shownOutcomes)
    .map(([key, value]) => [`  ${key || '(no classical bits)'}`, shortNumber(value)]);
  const rest = entries.length - shown.length;
  return formatTable(shown) + (rest > 0 ? `\n  … and ${rest} more (--json shows all)` : '');
}
