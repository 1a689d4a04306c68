import { AppError } from '#shared/base/errors.ts';
import { type Circuit, qubitCountOf } from '#shared/circuit/circuit.ts';
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

function circuitOf(source: string): Circuit {
  const document = parseDocument(source, { lenient: true });
  if (document.circuit !== null) return document.circuit;
  const first = document.diagnostics.find(({ severity }) => severity === 'error');
  throw new AppError('bad-input', first?.message ?? 'The circuit has errors.', {
    diagnostics: document.diagnostics,
  });
}
