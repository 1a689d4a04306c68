import { AppError } from '#shared/base/errors.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import { type Command, type Invocation, textOption } from '../command.ts';
import { integerOption, readText } from '../input.ts';
import { formatTable } from '../output.ts';
import { openSession, type Session } from '../session.ts';

/** `ketbench devices …`: machines and device models. */
export const command: Command = {
  usage: 'devices list | devices show ID | devices estimate ID --circuit FILE [--shots N]',
  summary: 'List devices, show one, or estimate what a circuit would cost on it.',
  arguments: [1, 2],
  options: { circuit: { type: 'string' }, shots: { type: 'string' } },
  async run(invocation) {
    const session = await openSession();
    try {
      return await act(session, invocation);
    } finally {
      await session.close();
    }
  },
};

async function act(session: Session, invocation: Invocation): Promise<number> {
  const [action, id] = invocation.positionals;
  if (action === 'list') return list(session, invocation);
  if (action === 'show' && id !== undefined) return show(session, invocation, id);
  const circuit = textOption(invocation, 'circuit');
  if (action === 'estimate' && id !== undefined && circuit !== undefined) {
    const shots = integerOption('shots', textOption(invocation, 'shots')) ?? 1000;
    const source = readText(circuit);
    const estimate = await session.request('devices.estimate', { deviceId: id, source, shots });
    invocation.print(estimate, () => stringifyPlain(estimate, 2));
    return 0;
  }
  throw new AppError('bad-input', `Usage: ketbench ${command.usage}`, { action });
}

async function list(session: Session, invocation: Invocation): Promise<number> {
  const devices = await session.request('devices.list', {});
  invocation.print({ devices }, () =>
    devices.length === 0
      ? 'There are no devices.'
      : formatTable(
          devices.map(({ id, provider, kind, qubits, status }) => [
            id,
            provider,
            kind,
            `${qubits} qubits`,
            status,
          ]),
        ),
  );
  return 0;
}

async function show(session: Session, invocation: Invocation, id: string): Promise<number> {
  const devices = await session.request('devices.list', {});
  const device = devices.find((candidate) => candidate.id === id);
  if (device === undefined) {
    throw new AppError(
      'not-found',
      `There is no device “${id}”. “ketbench devices list” shows them.`,
      {
        id,
      },
    );
  }
  invocation.print(device, () => stringifyPlain(device, 2));
  return 0;
}
