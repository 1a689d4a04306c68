import { AppError, asAppError } from '#shared/base/errors.ts';
import { type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
import { dynamicParts } from '#shared/circuit/dynamic.ts';
import { statisticsOf } from '#shared/circuit/statistics.ts';
import { estimateOf } from '#shared/compiler/estimate.ts';
import { compile } from '#shared/compiler/pipeline.ts';
import { targetOf } from '#shared/compiler/target.ts';
import type { DeviceRecord } from '#shared/devices/device.ts';
import { type Candidate, priceOf } from '#shared/devices/selection.ts';
import { deviceFidelity } from '#shared/devices/device-fidelity.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { definitionsOfSource } from '#shared/qasm/gate-source.ts';
import { openAsDocument } from '#shared/qasm/importers/open.ts';
import { previewOf } from '../storage/csv/preview.ts';
import { readCsv } from '../storage/csv.ts';
import type { ReadingResults, ReadingTask } from '../threads/protocol.ts';
import { serveTasks } from './serve-tasks.ts';

/** The thread that reads what users bring: nobody else waits for a text that takes long. */
serveTasks(({ task }) => read(task as ReadingTask));

function read(task: ReadingTask): ReadingResults[ReadingTask['kind']] {
  switch (task.kind) {
    case 'document':
      return { text: openAsDocument(task.fileName, task.text).text };
    case 'gate': {
      const last = definitionsOfSource(task.source).at(-1);
      if (last === undefined) throw new AppError('bad-input', 'The text declares no gate.');
      const { name, qubitNames, parameterNames } = last;
      return { name, qubits: qubitNames.length, parameters: [...parameterNames] };
    }
    case 'estimate': {
      const circuit = circuitOf(task.source);
      return {
        ...deviceFidelity(task.device, circuit, task.shots),
        qubits: qubitCountOf(circuit),
        circuit: task.wantsCircuit ? circuit : null,
      };
    }
    case 'select': {
      const circuit = circuitOf(task.source);
      return task.devices.map((device) => candidateOf(device, circuit, task.shots));
    }
    case 'preview':
      return previewOf(task.text, task.rows, task.reading);
    case 'data': {
      const { columns, totalRows, problems } = readCsv(task.text, {
        keep: 0,
        reading: task.reading,
      });
      return { columns: [...columns], rows: totalRows, problems: [...problems] };
    }
  }
}

/** What a circuit comes to on a machine, compiled for it as it would be run. */
function candidateOf(device: DeviceRecord, circuit: Circuit, shots: number): Candidate {
  const { id, provider } = device;
  const qubits = qubitCountOf(circuit);
  const none = { id, provider, fidelity: null, seconds: null, cost: null, twoQubitGates: null };
  const obstacles: string[] = [];
  if (qubits > device.qubits) {
    obstacles.push(`The circuit has ${qubits} qubits; ${device.name} has ${device.qubits}.`);
  }
  if (device.shots !== null && shots > device.shots.max) {
    obstacles.push(`${device.name} takes at most ${device.shots.max} shots at once.`);
  }
  if (!device.isDynamic && Object.values(dynamicParts(circuit)).includes(true)) {
    obstacles.push(`${device.name} measures at the end only, and the circuit goes on after that.`);
  }
  if (obstacles.length > 0) return { ...none, obstacles };
  try {
    const target = targetOf(device);
    const compiled = compile(circuit, target, { level: 1, seed: 0 });
    const { fidelity, seconds } = estimateOf(compiled.circuit, target);
    const all = seconds === null ? null : shots * seconds;
    const { twoQubitGates } = statisticsOf(compiled.circuit);
    const cost = priceOf(device, shots, all);
    return { id, provider, fidelity, seconds: all, cost, twoQubitGates, obstacles };
  } catch (thrown) {
    return { ...none, obstacles: [asAppError(thrown).message] };
  }
}

function circuitOf(source: string): Circuit {
  const document = parseDocument(source, { lenient: true });
  if (document.circuit !== null) return document.circuit;
  const first = document.diagnostics.find(({ severity }) => severity === 'error');
  throw new AppError('bad-input', first?.message ?? 'The circuit has errors.', {
    diagnostics: document.diagnostics,
  });
}
