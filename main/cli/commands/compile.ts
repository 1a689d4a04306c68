import { existsSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '#shared/base/errors.ts';
import {
  type Circuit,
  nameOfIndex,
  type Operation,
  qubitCountOf,
} from '#shared/circuit/circuit.ts';
import { statisticsOf } from '#shared/circuit/statistics.ts';
import { Couplings, full, namedCouplings } from '#shared/compiler/couplings.ts';
import { estimateOf } from '#shared/compiler/estimate.ts';
import { compile, type Level } from '#shared/compiler/pipeline.ts';
import { plainTarget, type Target, targetOf } from '#shared/compiler/target.ts';
import { deviceNamed } from '#shared/devices/device.ts';
import { deviceRecords } from '#shared/devices/registry.ts';
import { gateById } from '#shared/gates/registry.ts';
import type { ParsedDocument } from '#shared/qasm/document.ts';
import type { ExportLoss } from '#shared/qasm/exporters/exporter.ts';
import { qasm2Exporter } from '#shared/qasm/exporters/qasm2.ts';
import { qasm3Exporter } from '#shared/qasm/exporters/qasm3.ts';
import { badInput } from '../../ipc/call.ts';
import { type Command, type Invocation, textOption } from '../command.ts';
import { integerOption, languageOption, readJson } from '../input.ts';
import { formatTable, shortNumber } from '../output.ts';
import { withKept } from '../kept-devices.ts';
import { readProgram } from '../read-program.ts';

/** `ketbench compile FILE`: a circuit in a target's gates and couplings. */
export const command: Command = {
  usage:
    'compile FILE (--target DEVICE | --basis g,g… --coupling MAP) [-O 0..3] [--seed S] [--routing-only] [--keep-layout [p0,p1,…]] [--language 2|3] [-o OUT]',
  summary: 'Write a circuit in the gates and couplings of a machine.',
  help: `MAP is line:N, ring:N, grid:RxC, heavy-hex:D (odd distance D), full:N, or FILE.json with
{"edges": [[a, b], …], "qubits"?: n}. Without --coupling all pairs are coupled, without --basis the
gates are kept. -O 0 writes gate by gate and places one to one, 1 (the default) looks for a good
place and merges, 2 makes pairs of qubits anew, 3 tries longer. --routing-only keeps the circuit's own
gates and puts in SWAPs. --keep-layout fixes where each qubit starts: alone, one to one. Layouts are
[physical of logical 0, …]. The same seed gives the same result.
Devices: ${deviceRecords.map(({ id }) => id).join(', ')}.`,
  arguments: [1, 1],
  options: {
    target: { type: 'string' },
    basis: { type: 'string' },
    coupling: { type: 'string' },
    level: { type: 'string', short: 'O' },
    seed: { type: 'string' },
    'routing-only': { type: 'boolean' },
    'keep-layout': { type: 'string' },
    language: { type: 'string' },
    output: { type: 'string', short: 'o' },
  },
  optionalValues: { 'keep-layout': /^\[?\s*\d/ },
  async run(invocation) {
    const file = invocation.positionals[0] ?? '-';
    const document = readProgram(file, languageOption(textOption(invocation, 'language')));
    const circuit = document.circuit as Circuit;
    const { target, calibratedAt } = targetFor(invocation, qubitCountOf(circuit));
    const layout = layoutOption(textOption(invocation, 'keep-layout'), qubitCountOf(circuit));
    const started = performance.now();
    const compiled = compile(circuit, target, {
      level: levelOption(textOption(invocation, 'level')),
      seed: integerOption('seed', textOption(invocation, 'seed')) ?? 0,
      routingOnly: invocation.values['routing-only'] === true,
      ...(layout === undefined ? {} : { layout }),
    });
    const seconds = (performance.now() - started) / 1000;
    const { text: qasm, losses: left } = textOf(compiled.circuit, document.language);
    const losses = [...lostBits(document), ...left];
    for (const { what, why } of invocation.json ? [] : losses) {
      process.stderr.write(`lost: ${what} (${why})\n`);
    }
    const { depth, twoQubitDepth, twoQubitGates, gateCounts } = statisticsOf(compiled.circuit);
    const { fidelity, seconds: duration } = estimateOf(compiled.circuit, target);
    const path = textOption(invocation, 'output');
    if (path !== undefined) writeFileSync(path, qasm);
    const result = {
      ...(path === undefined ? {} : { path }),
      qasm,
      depth,
      twoQubitDepth,
      twoQubitGates,
      swaps: compiled.swaps,
      gateCounts,
      initialLayout: compiled.layout.initial,
      finalLayout: compiled.layout.final,
      ...(fidelity === null ? {} : { estimatedFidelity: fidelity }),
      ...(duration === null ? {} : { durationSeconds: duration }),
      ...(calibratedAt === undefined ? {} : { calibratedAt }),
      losses,
      measured: { seconds },
    };
    invocation.print(result, () => {
      if (path === undefined) return qasm.trimEnd();
      const rows = [
        ['depth', String(depth)],
        ['two-qubit depth', String(twoQubitDepth)],
        ['two-qubit gates', String(twoQubitGates)],
        ['swaps', String(compiled.swaps)],
        ...(fidelity === null ? [] : [['estimated fidelity', shortNumber(fidelity)]]),
        ...(duration === null ? [] : [['seconds a shot', shortNumber(duration)]]),
        ...(calibratedAt === undefined ? [] : [['calibrated', calibratedAt]]),
      ];
      return `${path}: written\n${formatTable(rows)}`;
    });
    return Promise.resolve(0);
  },
};

/** What is compiled for, and when it was calibrated where it is a device. */
function targetFor(
  invocation: Invocation,
  qubits: number,
): { readonly target: Target; readonly calibratedAt?: string } {
  const name = textOption(invocation, 'target');
  const basis = textOption(invocation, 'basis');
  const coupling = textOption(invocation, 'coupling');
  if (name !== undefined && basis === undefined && coupling === undefined) {
    const device = deviceNamed(withKept(deviceRecords), name);
    if (device !== null) {
      return { target: targetOf(device), calibratedAt: device.calibratedAt };
    }
    const known = deviceRecords.map(({ id }) => id).join(', ');
    throw new AppError('not-found', `There is no device “${name}”; there are ${known}.`, {
      target: name,
    });
  }
  if (name === undefined && (basis !== undefined || coupling !== undefined)) {
    const map = coupling === undefined ? full(qubits) : couplingsFrom(coupling);
    return { target: plainTarget(map, basis === undefined ? null : basisFrom(basis)) };
  }
  const got = name === undefined ? 'neither' : 'both';
  throw new AppError(
    'bad-input',
    `Expected --target DEVICE, or --basis and --coupling; got ${got}.`,
    { option: 'target' },
  );
}

function basisFrom(text: string): ReadonlySet<string> {
  const names = text.split(',').map((name) => name.trim());
  return new Set(
    names.map((name) => {
      const gate = gateById(name);
      if (gate !== null && gate.qubitCount > 0 && gate.qubitCount <= 2) return gate.id as string;
      throw new AppError(
        'bad-input',
        `--basis lists gates on one and two qubits, such as cz,rz,sx,x; got “${name}”. “ketbench catalog gate” names all.`,
        { option: 'basis' },
      );
    }),
  );
}

const couplingFileSchema = z.strictObject({
  edges: z.array(z.tuple([z.int().gte(0), z.int().gte(0)])),
  qubits: z.int().gte(1).optional(),
});

/** A shape by its name, else a file. */
function couplingsFrom(text: string): Couplings {
  const named = namedCouplings(text);
  if (named !== null) return named;
  if (!existsSync(text)) {
    throw new AppError(
      'bad-input',
      `--coupling is line:N, ring:N, grid:RxC, heavy-hex:D (D odd), full:N or a JSON file; got “${text}”.`,
      { option: 'coupling' },
    );
  }
  const parsed = couplingFileSchema.safeParse(readJson(text));
  if (!parsed.success) throw badInput(`coupling file ${text}`, parsed.error);
  const { edges, qubits } = parsed.data;
  return new Couplings(qubits ?? Math.max(0, ...edges.flat().map((one) => one + 1)), edges);
}

function levelOption(text: string | undefined): Level {
  const level = integerOption('level', text) ?? 1;
  if (level === 0 || level === 1 || level === 2 || level === 3) return level;
  throw new AppError('bad-input', `-O is 0, 1, 2 or 3; got “${level}”.`, { option: 'level' });
}

/** "[3, 0, 1]" or "3,0,1"; empty: one to one. */
function layoutOption(text: string | undefined, qubits: number): readonly number[] | undefined {
  if (text === undefined) return undefined;
  if (text === '') return Array.from({ length: qubits }, (_, q) => q);
  const inner = text.trim().replace(/^\[|\]$/g, '');
  const places = inner.split(',').map((one) => integerOption('keep-layout', one.trim()) ?? 0);
  return places;
}

/** Bits that the program computes rather than measures: a circuit has no words for their values. */
function lostBits({ modern, circuit }: ParsedDocument): readonly ExportLoss[] {
  const known = [...(modern?.writing?.knownBits.keys() ?? [])];
  if (known.length === 0) return [];
  const names = known.map((bit) => nameOfIndex(circuit?.bitRegisters ?? [], bit)).join(', ');
  return [{ what: `the values of ${names}`, why: 'no measurement gives them; they are 0' }];
}

/** In the language of the program, unless that has no name for a gate or no open parameters. */
function textOf(circuit: Circuit, language: 2 | 3): ReturnType<typeof qasm3Exporter.export> {
  const hasName = (one: Operation): boolean => {
    if (one.kind === 'if') return [...one.body, ...one.otherwise].every(hasName);
    if (one.kind !== 'gate' || circuit.definitions.some(({ name }) => name === one.gate))
      return true;
    return gateById(one.gate)?.qasm2.home !== 'none';
  };
  const fits = circuit.parameters.length === 0 && circuit.operations.every(hasName);
  return (language === 2 && fits ? qasm2Exporter : qasm3Exporter).export(circuit);
}
