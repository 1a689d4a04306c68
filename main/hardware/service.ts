import { AppError } from '#shared/base/errors.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { deviceFidelity } from '#shared/devices/device-fidelity.ts';
import type { Device, DeviceEstimate } from '#shared/ipc/hardware.ts';
import type { JobSpec } from '#shared/jobs/job.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import type { SpecProblem } from '#engine/jobs/prepared.ts';
import type { Vault } from '../credentials/vault.ts';
import type { Backends, BackendSession } from './backend.ts';
import { localDevices } from './local-devices.ts';
import type { Provider, ProviderClient, ProviderSettings } from './provider.ts';
import { providerById, providerOfDevice, providers } from './registry.ts';
import { HardwareSession } from './session.ts';

export interface HardwareOptions {
  readonly vault: Vault;
  readonly settings: ProviderSettings;
  readonly firstPollMs: number;
  /** USD spent on hardware this month, and the most that may be; null = no budget. */
  readonly budget: () => { readonly spent: number; readonly limit: number | null };
}

/** Devices of all vendors, what they would cost, and sessions on them. */
export class HardwareService implements Backends {
  readonly #options: HardwareOptions;

  constructor(options: HardwareOptions) {
    this.#options = options;
  }

  isRemote(deviceId: string): boolean {
    return providerOfDevice(deviceId) !== null;
  }

  problemsOf(spec: JobSpec): SpecProblem[] {
    if (typeof spec.backend !== 'string') {
      return [
        {
          path: 'backend',
          message: 'Spreading a job over several backends is not possible; name one.',
        },
      ];
    }
    const provider = providerOfDevice(spec.backend);
    if (provider === null) {
      const known = localDevices().map(({ id }) => id);
      const vendors = providers.flatMap(({ knownDevices }) => knownDevices.map(({ id }) => id));
      if (known.includes(spec.backend)) return [];
      return [
        {
          path: 'backend',
          message: `There is no device “${spec.backend}”; there are ${[...known, ...vendors].join(', ')}.`,
        },
      ];
    }
    if (spec.shots === null && spec.algorithm !== 'sample') {
      return [
        {
          path: 'shots',
          message: `${provider.title}'s machines measure shots; give their number.`,
        },
      ];
    }
    return spec.noise === undefined
      ? []
      : [{ path: 'noise', message: 'A machine brings its own noise; leave this out.' }];
  }

  connect(deviceId: string, _jobId: string, spec: JobSpec): BackendSession | null {
    const provider = providerOfDevice(deviceId);
    if (provider === null) return null;
    const { settings, firstPollMs } = this.#options;
    return new HardwareSession({
      deviceId,
      deviceName: provider.knownDevices.find(({ id }) => id === deviceId)?.name ?? deviceId,
      shots: spec.shots ?? 1000,
      sleep: settings.sleep,
      firstPollMs,
      withClient: (use) => this.#withClient(provider, use),
      admit: (circuit, shots, spent) =>
        this.#admit(provider, deviceId, { circuit, shots, spent }, spec.limits?.cost),
    });
  }

  /** Local simulators and device models, then every vendor's machines, live where a key is at hand. */
  async devices(): Promise<Device[]> {
    const remote = await Promise.all(providers.map((provider) => this.#devicesOf(provider)));
    return [...localDevices(), ...remote.flat()];
  }

  /** The same without asking anyone. */
  knownDevices(): Device[] {
    return [...localDevices(), ...providers.flatMap(({ knownDevices }) => knownDevices)];
  }

  /** Says whose key it is, or throws what the vendor said. */
  async test(credentialId: string): Promise<string> {
    const { vault, settings } = this.#options;
    const provider = providerById(
      vault.list().find(({ id }) => id === credentialId)?.provider ?? '',
    );
    if (provider === null)
      throw new AppError('not-found', `There is no stored key with the id ${credentialId}.`, {
        id: credentialId,
      });
    const said = await vault.withSecret(credentialId, (fields) =>
      provider.connect(fields, settings).test(),
    );
    await vault.touch(credentialId);
    return said;
  }

  /** Cost, time and fidelity of a circuit on a device, and what stands in its way. */
  async estimate(deviceId: string, source: string, shots: number): Promise<DeviceEstimate> {
    const circuit = circuitOfSource(source);
    const device = (await this.#find(deviceId)) as Device;
    const provider = providerOfDevice(deviceId);
    const { fidelity, oneQubitGates, twoQubitGates, seconds } = deviceFidelity(
      device,
      circuit,
      shots,
    );
    const base = { fidelity, oneQubitGates, twoQubitGates };
    if (provider === null) {
      return {
        ...base,
        cost: 0,
        costBasis: 'runs on this computer',
        executionSeconds: null,
        queueSeconds: 0,
        obstacles: localObstacles(device, circuit),
      };
    }
    const obstacles = provider.obstacles(deviceId, circuit, shots);
    if (!this.#hasCredential(provider)) {
      return {
        ...base,
        cost: null,
        costBasis: `add a key of ${provider.title} for its estimate`,
        executionSeconds: seconds,
        queueSeconds: null,
        obstacles,
      };
    }
    if (obstacles.length > 0)
      return {
        ...base,
        cost: null,
        costBasis: 'cannot run there',
        executionSeconds: null,
        queueSeconds: null,
        obstacles,
      };
    const found = await this.#withClient(provider, (client) =>
      client.estimate(deviceId, circuit, shots),
    );
    return {
      ...base,
      cost: found.cost,
      costBasis: found.basis,
      executionSeconds: found.executionSeconds ?? seconds,
      queueSeconds: found.queueSeconds,
      obstacles,
    };
  }

  async #find(deviceId: string): Promise<Device> {
    const device = (await this.devices()).find(({ id }) => id === deviceId);
    if (device === undefined)
      throw new AppError(
        'not-found',
        `There is no device “${deviceId}”; “ketbench devices list” shows them.`,
        { deviceId },
      );
    return device;
  }

  async #devicesOf(provider: Provider): Promise<readonly Device[]> {
    if (!this.#hasCredential(provider)) return provider.knownDevices;
    try {
      return await this.#withClient(provider, (client) => client.devices());
    } catch {
      // Looking at devices must work offline: what is known is shown, with its state unknown.
      return provider.knownDevices.map((device) => ({ ...device, status: 'unknown' as const }));
    }
  }

  #hasCredential(provider: Provider): boolean {
    const { vault } = this.#options;
    return (
      vault.status.state === 'open' && vault.list().some((one) => one.provider === provider.id)
    );
  }

  /** The newest key of the vendor, for the length of one call. */
  #withClient<T>(provider: Provider, use: (client: ProviderClient) => Promise<T>): Promise<T> {
    const { vault, settings } = this.#options;
    const credential = vault.list().findLast((one) => one.provider === provider.id);
    if (credential === undefined) {
      throw new AppError(
        'unauthorised',
        `There is no key for ${provider.title}. Add one under Hardware, or with “ketbench credentials add ${provider.id}”.`,
        { provider: provider.id },
      );
    }
    return vault.withSecret(credential.id, (fields) => use(provider.connect(fields, settings)));
  }

  /** Refuses before anything is bought: obstacles, the job's own limit, the month's budget. */
  async #admit(
    provider: Provider,
    deviceId: string,
    {
      circuit,
      shots,
      spent,
    }: { readonly circuit: Circuit; readonly shots: number; readonly spent: number },
    jobLimit: number | undefined,
  ): Promise<void> {
    const obstacle = provider.obstacles(deviceId, circuit, shots)[0];
    if (obstacle !== undefined) throw new AppError('unsupported', obstacle, { deviceId });
    const month = this.#options.budget();
    if (jobLimit === undefined && month.limit === null) return;
    const { cost } = await this.#withClient(provider, (client) =>
      client.estimate(deviceId, circuit, shots),
    );
    if (cost === null) {
      throw new AppError(
        'budget',
        `${provider.title} does not say what this circuit costs, so it cannot be held to a limit. Remove the limit to run it all the same.`,
        { deviceId },
      );
    }
    if (jobLimit !== undefined && spent + cost > jobLimit) {
      throw new AppError(
        'budget',
        `The next circuit would cost ${money(cost)} after ${money(spent)} so far; limits.cost allows ${money(jobLimit)}.`,
        { cost, spent, limit: jobLimit },
      );
    }
    if (month.limit !== null && month.spent + spent + cost > month.limit) {
      throw new AppError(
        'budget',
        `The next circuit would cost ${money(cost)}; ${money(month.spent + spent)} of this month's ${money(month.limit)} are spent.`,
        { cost, spent: month.spent + spent, limit: month.limit },
      );
    }
  }
}

function money(usd: number): string {
  return `${usd.toFixed(2)} USD`;
}

function circuitOfSource(source: string): Circuit {
  const document = parseDocument(source, { lenient: true });
  if (document.circuit !== null) return document.circuit;
  const first = document.diagnostics.find(({ severity }) => severity === 'error');
  throw new AppError('bad-input', first?.message ?? 'The circuit has errors.', {
    diagnostics: document.diagnostics,
  });
}

function localObstacles(device: Device, circuit: Circuit): string[] {
  const qubits = circuit.qubitRegisters.reduce((sum, { size }) => sum + size, 0);
  return qubits > device.qubits
    ? [`The circuit has ${qubits} qubits; ${device.name} has ${device.qubits}.`]
    : [];
}
