import { z } from 'zod';
import { AppError } from '#shared/base/errors.ts';
import { type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import {
  compareCircuits,
  type Equivalence,
  type WireLayout,
} from '#engine/equivalence/equivalence.ts';
import { providePlatform } from '#engine/platform.ts';
import { badInput } from '../../ipc/call.ts';
import { usableMemory } from '../../threads/usable-memory.ts';
import { nodePlatform } from '../../workers/node-platform.ts';
import { type Command, textOption, textsOption } from '../command.ts';
import { integerOption, readJson } from '../input.ts';
import { shortNumber } from '../output.ts';
import { readProgram } from '../read-program.ts';

const layoutSchema = z.object({
  initialLayout: z.array(z.int().gte(0)),
  finalLayout: z.array(z.int().gte(0)),
});

/** `ketbench equivalent A B`: whether two circuits do the same. */
export const command: Command = {
  usage: 'equivalent A.qasm B.qasm [--layout FILE.json] [--param name=VALUE]… [--seed S]',
  summary: 'Prove that two circuits do the same up to a global phase, or show where they differ.',
  help: `FILE.json has “initialLayout” and “finalLayout” as “compile --json” prints them: the wires of B on which A’s
qubits begin and end; other wires begin and must end in |0⟩. Clifford circuits of any width and others of up to
24 wires and qubits together are proved; wider ones, up to 26 wires, are tried on product states (“probably-equivalent”), and so are
open parameters that are not given. Measurements at the end must read the same qubits. Exit code 1: they differ.`,
  arguments: [2, 2],
  options: {
    layout: { type: 'string' },
    param: { type: 'string', multiple: true },
    seed: { type: 'string' },
  },
  async run(invocation) {
    providePlatform(nodePlatform);
    const [first, second] = invocation.positionals.map((file) => readProgram(file).circuit) as [
      Circuit,
      Circuit,
    ];
    const layout = layoutFrom(textOption(invocation, 'layout'));
    const started = performance.now();
    const found = compareCircuits(first, second, {
      ...(layout === null ? {} : { layout }),
      parameters: Object.fromEntries(textsOption(invocation, 'param').map(parameterOf)),
      seed: integerOption('seed', textOption(invocation, 'seed')) ?? 0,
      freeBytes: usableMemory(),
    });
    const seconds = (performance.now() - started) / 1000;
    const qubits = qubitCountOf(first);
    invocation.print({ ...found, qubits, measured: { seconds } }, () => spoken(found));
    return Promise.resolve(found.verdict === 'not-equivalent' ? 1 : 0);
  },
};

function layoutFrom(path: string | undefined): WireLayout | null {
  if (path === undefined) return null;
  const parsed = layoutSchema.safeParse(readJson(path));
  if (!parsed.success) throw badInput(`The layout “${path}”`, parsed.error);
  const { initialLayout: initial, finalLayout: final } = parsed.data;
  return { initial, final };
}

function parameterOf(text: string): [string, number] {
  const [name, value, ...rest] = text.split('=');
  const number = Number(value);
  if (name !== undefined && value !== undefined && value.trim() !== '' && rest.length === 0) {
    if (Number.isFinite(number)) return [name, number];
  }
  throw new AppError('bad-input', `“--param” takes name=VALUE with a number; got “${text}”.`, {
    option: 'param',
  });
}

function spoken({ verdict, method, reason, distance, counterexample }: Equivalence): string {
  const shown =
    counterexample === null
      ? []
      : [
          `On ${counterexample.input} the outputs have fidelity ${shortNumber(counterexample.fidelity)}.`,
        ];
  return [`${verdict} (${method}), distance ${shortNumber(distance)}`, reason, ...shown].join('\n');
}
