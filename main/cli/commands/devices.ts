import { AppError } from '#shared/base/errors.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import type { Device } from '#shared/devices/listing.ts';
import { type Command, type Invocation, textOption, textsOption } from '../command.ts';
import { readSpecFile } from '../job-input.ts';
import { integerOption, readText } from '../input.ts';
import { formatTable } from '../output.ts';
import { openSession, type Session } from '../session.ts';

/** `ketbench devices …`: machines and device models. */
export const command: Command = {
  usage:
    'devices list | devices show ID | devices estimate ID --circuit FILE [--shots N] | devices estimate SPEC.json | devices select --circuit FILE [--shots N] [--max-cost USD] [--max-wait S] [--min-fidelity F] [--provider P]…',
  summary: 'List devices, show one, estimate what a circuit or a job costs, or choose a machine.',
  help: `“estimate SPEC.json” forecasts a whole job. “select” compiles the circuit for every machine that is known and
ranks them by the fidelity of this circuit, of which cost and time take off up to a quarter each by how much of
their limit they use up; each says why it stands where it does. Shots are 1000 unless they are given.`,
  arguments: [1, 2],
  options: {
    circuit: { type: 'string' },
    shots: { type: 'string' },
    'max-cost': { type: 'string' },
    'max-wait': { type: 'string' },
    'min-fidelity': { type: 'string' },
    provider: { type: 'string', multiple: true },
  },
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
  if (action === 'estimate' && id !== undefined) return forecast(session, invocation, id);
  if (action === 'select' && circuit !== undefined) return select(session, invocation, circuit);
  throw new AppError('bad-input', `Usage: ketbench ${command.usage}`, { action });
}

/** What a whole job comes to, from its spec. */
async function forecast(session: Session, invocation: Invocation, path: string): Promise<number> {
  const spec = await readSpecFile(path, session);
  const { errors, forecast: found } = await session.request('jobs.validate', { spec });
  if (errors.length > 0) {
    const list = errors.map((error) => `${error.path}: ${error.message}`).join('; ');
    throw new AppError('bad-input', `The job spec was not accepted: ${list}`, { errors });
  }
  const about = (value: number | null | undefined, factor: number): [number, number] | null =>
    value === null || value === undefined ? null : [value / factor, value * factor];
  const estimate = {
    circuits: found?.circuits ?? null,
    shots: found?.shots ?? null,
    // Other work on this machine decides the rest.
    seconds: about(found?.seconds, 3),
    cost: about(found?.cost, 1),
    memoryBytes: found?.memoryBytes ?? null,
    basis: found?.basis ?? '',
  };
  invocation.print(estimate, () => stringifyPlain(estimate, 2));
  return 0;
}

async function select(session: Session, invocation: Invocation, circuit: string): Promise<number> {
  const providers = textsOption(invocation, 'provider');
  const selection = await session.request('devices.select', {
    source: readText(circuit),
    shots: integerOption('shots', textOption(invocation, 'shots')) ?? 1000,
    ...amount(invocation, 'max-cost', 'maxCost'),
    ...amount(invocation, 'max-wait', 'maxWait'),
    ...amount(invocation, 'min-fidelity', 'minFidelity'),
    ...(providers.length === 0 ? {} : { providers }),
  });
  invocation.print(selection, () => {
    const rows = selection.ranking.map(({ id, fidelity, seconds, cost, obstacles, reason }) => [
      id === selection.choice ? '→' : '',
      id,
      fidelity === null ? '' : fidelity.toPrecision(3),
      seconds === null ? '' : `${seconds.toPrecision(3)} s`,
      cost === null ? '' : `${cost.toFixed(2)} USD`,
      obstacles.length > 0 ? `no: ${obstacles.join(' ')}` : reason,
    ]);
    const none = selection.choice === null ? '\nNo machine can take it within these limits.' : '';
    return `${formatTable(rows)}${none}`;
  });
  return selection.choice === null ? 3 : 0;
}

function amount(
  invocation: Invocation,
  option: string,
  name: 'maxCost' | 'maxWait' | 'minFidelity',
): Partial<Record<typeof name, number>> {
  const text = textOption(invocation, option);
  if (text === undefined) return {};
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= 0) return { [name]: value };
  throw new AppError('bad-input', `--${option} takes a number of at least 0; got “${text}”.`);
}

/** A device with the members that scripts rely on beside the window's own. */
function toldDevice(device: Device) {
  const { queueLength, queueSeconds, errorRates, price = {} } = device;
  return {
    ...device,
    queue: {
      ...(queueLength === null ? {} : { length: queueLength }),
      ...(queueSeconds === null ? {} : { seconds: queueSeconds }),
    },
    errors: errorRates,
    price,
  };
}

async function list(session: Session, invocation: Invocation): Promise<number> {
  const devices = await session.request('devices.list', {});
  invocation.print({ devices: devices.map(toldDevice) }, () =>
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
  const told = toldDevice(device);
  invocation.print(told, () => stringifyPlain(told, 2));
  return 0;
}
