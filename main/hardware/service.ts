import { AppError } from '#shared/base/errors.ts';
import type { Device, DeviceEstimate } from '#shared/ipc/hardware.ts';
import { rank, type Selection, type SelectionLimits } from '#shared/devices/selection.ts';
import { sharesOf } from '#shared/devices/shares.ts';
import type { JobSpec } from '#shared/jobs/job.ts';
import type { SpecProblem } from '#engine/jobs/prepared.ts';
import type { Members } from '#engine/members.ts';
import { currentDevices } from '#shared/devices/calibration/kept.ts';
import type { Calibrations } from '../storage/calibrations.ts';
import type { Vault } from '../credentials/vault.ts';
import type { Reader } from '../threads/reader.ts';
import type { Backends, BackendSession } from './backend.ts';
import { localDevices } from './local-devices.ts';
import type { Provider, ProviderClient, ProviderSettings } from './provider.ts';
import type { Machine } from './run-batches.ts';
import { HardwareSession } from './session.ts';
import type { Spending } from './spending.ts';

export interface HardwareOptions {
  /** Simulators and device models of this computer. */
  readonly members: Members;
  /** Newer than the records of the members' machines. */
  readonly calibrations: Calibrations;
  readonly providers: readonly Provider[];
  readonly vault: Vault;
  readonly reader: Reader;
  readonly settings: ProviderSettings;
  readonly firstPollMs: number;
  readonly spending: Spending;
}

/** How long a list of devices waits for a vendor, and an estimate for its price. */
const devicesMs = 2500;
const estimateMs = 8000;
/** An answer counts so long, and so long a vendor that did not answer is not waited for again. */
const freshMs = 10_000;
const silenceMs = 30_000;

/** Devices of all vendors, what they would cost, and sessions on them. */
export class HardwareService implements Backends {
  readonly #options: HardwareOptions;
  /** Of each account what its vendor said last; null: it did not answer. */
  readonly #live = new Map<string, { readonly at: number; readonly devices: Device[] | null }>();

  constructor(options: HardwareOptions) {
    this.#options = options;
  }

  get providers(): readonly Provider[] {
    return this.#options.providers;
  }

  isRemote(deviceId: string): boolean {
    return this.#providerOf(deviceId) !== null;
  }

  problemsOf(spec: JobSpec): SpecProblem[] {
    const isOne = typeof spec.backend === 'string';
    const names = isOne ? [spec.backend as string] : (spec.backend as readonly string[]);
    const faults = names.flatMap((name, k) => {
      const path = isOne ? 'backend' : `backend[${k}]`;
      if (names.indexOf(name) < k) return [{ path, message: `“${name}” is named twice.` }];
      return this.#isKnown(name) ? [] : [{ path, message: this.#unknown(name) }];
    });
    if (isOne && spec.split !== undefined) {
      faults.push({ path: 'split', message: 'There is one backend, so nothing is spread.' });
    }
    const provider = names.map((name) => this.#providerOf(name)).find((one) => one !== null);
    if (provider === undefined) return faults;
    if (spec.shots === null && (spec.algorithm !== 'sample' || !isOne)) {
      const message = `${provider.title}'s machines measure shots; give their number.`;
      faults.push({ path: 'shots', message });
    }
    if (spec.noise !== undefined) {
      faults.push({ path: 'noise', message: 'A machine brings its own noise; leave this out.' });
    }
    return faults;
  }

  /** A vendor may have machines that are not known here. */
  #isKnown(name: string): boolean {
    return this.#providerOf(name) !== null || this.#localDevices().some(({ id }) => id === name);
  }

  #unknown(name: string): string {
    const known = this.knownDevices().map(({ id }) => id);
    return `There is no device “${name}”; there are ${known.join(', ')}.`;
  }

  sharesOf({ backend, split = 'speed' }: JobSpec): readonly number[] {
    if (typeof backend === 'string') return [1];
    const devices = this.knownDevices();
    return sharesOf(
      backend.map((name) => devices.find(({ id }) => id === name) ?? unlisted),
      split,
    );
  }

  connect(deviceId: string, jobId: string, spec: JobSpec): BackendSession | null {
    const provider = this.#providerOf(deviceId);
    if (provider === null) return null;
    const { settings, firstPollMs, spending } = this.#options;
    const machine: Machine = {
      deviceId,
      deviceName: provider.knownDevices.find(({ id }) => id === deviceId)?.name ?? deviceId,
      batchLimit: provider.batchLimit,
      sleep: settings.sleep,
      firstPollMs,
      withClient: (use) => this.#withClient(provider, use),
      isLocked: () => this.#options.vault.status.state === 'locked',
      spending,
      costLimit: spec.limits?.cost,
      admit(circuit, shots) {
        const obstacle = provider.obstacles(deviceId, circuit, shots)[0];
        if (obstacle !== undefined) throw new AppError('unsupported', obstacle, { deviceId });
      },
    };
    return new HardwareSession(machine, jobId);
  }

  /** Local simulators and device models, then every vendor's machines, live where a key is at hand. */
  async devices(): Promise<Device[]> {
    const remote = await Promise.all(this.providers.map((provider) => this.#devicesOf(provider)));
    return [...this.#localDevices(), ...remote.flat()];
  }

  /** The same without asking anyone. */
  knownDevices(): Device[] {
    return [...this.#localDevices(), ...this.providers.flatMap(({ knownDevices }) => knownDevices)];
  }

  #localDevices(): Device[] {
    const { members, calibrations } = this.#options;
    const devices = currentDevices(members.devices, calibrations.all());
    return localDevices({ ...members, devices });
  }

  /** Says whose key it is, or throws what the vendor said. */
  async test(credentialId: string): Promise<string> {
    const { vault, settings } = this.#options;
    const owner = vault.list().find(({ id }) => id === credentialId)?.provider;
    const provider = this.providers.find(({ id }) => id === owner);
    if (provider === undefined)
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
  async estimate(
    deviceId: string,
    source: string,
    { shots, signal }: { readonly shots: number; readonly signal?: AbortSignal },
  ): Promise<DeviceEstimate> {
    const provider = this.#providerOf(deviceId);
    const device = await this.#find(deviceId, provider);
    const wantsCircuit = provider !== null;
    const read = await this.#options.reader.read(
      { kind: 'estimate', source, device, shots, wantsCircuit },
      { signal },
    );
    const { fidelity, oneQubitGates, twoQubitGates, seconds, qubits, circuit } = read;
    const base = { fidelity, oneQubitGates, twoQubitGates };
    if (provider === null || circuit === null) {
      return {
        ...base,
        cost: 0,
        costBasis: 'runs on this computer',
        executionSeconds: null,
        queueSeconds: 0,
        obstacles: localObstacles(device, qubits),
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
    try {
      const found = await inTime(
        this.#withClient(provider, (client) => client.estimate(deviceId, [circuit], shots)),
        estimateMs,
        provider,
      );
      return {
        ...base,
        cost: found.cost,
        costBasis: found.basis,
        executionSeconds: found.executionSeconds ?? seconds,
        queueSeconds: found.queueSeconds,
        obstacles,
      };
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'unavailable') throw thrown;
      return {
        ...base,
        cost: null,
        costBasis: `not known: ${thrown.message}`,
        executionSeconds: seconds,
        queueSeconds: null,
        obstacles,
      };
    }
  }

  /** Machines in the order in which to take them for a circuit: compiled for each, with what vendors say of queues. */
  async select(
    source: string,
    given: {
      readonly shots: number;
      readonly limits: SelectionLimits;
      readonly signal?: AbortSignal;
    },
  ): Promise<Selection> {
    const { members, calibrations, reader } = this.#options;
    const { shots, limits, signal } = given;
    const devices = currentDevices(members.devices, calibrations.all());
    const task = { kind: 'select', source, devices, shots } as const;
    const [candidates, listed] = await Promise.all([reader.read(task, { signal }), this.devices()]);
    // A vendor calls its machine by its own id, and its state is the vendor's to say.
    const live = new Map(
      listed
        .filter(({ kind }) => kind === 'qpu')
        .map((one) => [one.id.replace(`${one.provider}.qpu.`, `${one.provider}-`), one]),
    );
    return rank(
      candidates.map((one) => {
        const now = live.get(one.id);
        if (now === undefined) return one;
        const wait = now.queueSeconds;
        const isOut = now.status === 'unavailable' || now.status === 'retired';
        return {
          ...one,
          id: now.id,
          seconds: one.seconds === null || wait === null ? one.seconds : one.seconds + wait,
          obstacles: isOut ? [...one.obstacles, `${now.name} is ${now.status}.`] : one.obstacles,
        };
      }),
      limits,
    );
  }

  /** A device of this computer asks no vendor, and a vendor's device only its own. */
  async #find(deviceId: string, provider: Provider | null): Promise<Device> {
    const devices = provider === null ? this.#localDevices() : await this.#devicesOf(provider);
    const device = devices.find(({ id }) => id === deviceId);
    if (device === undefined)
      throw new AppError(
        'not-found',
        `There is no device “${deviceId}”; “ketbench devices list” shows them.`,
        { deviceId },
      );
    return device;
  }

  /** Live, where the vendor answers soon; looking at devices must work offline and hold up nothing. */
  async #devicesOf(provider: Provider): Promise<readonly Device[]> {
    if (!this.#hasCredential(provider)) return provider.knownDevices;
    const now = performance.now();
    // Another key may see other machines.
    const account =
      this.#options.vault.list().findLast((one) => one.provider === provider.id)?.id ?? '';
    const known = this.#live.get(account);
    if (known !== undefined && now - known.at < (known.devices === null ? silenceMs : freshMs)) {
      return known.devices ?? unreachable(provider);
    }
    const asked = this.#withClient(provider, (client) => client.devices());
    // What comes later than is waited for is there the next time.
    void asked.then(
      (devices) => this.#live.set(account, { at: performance.now(), devices }),
      () => undefined,
    );
    try {
      return await inTime(asked, devicesMs, provider);
    } catch {
      this.#live.set(account, { at: now, devices: null });
      return unreachable(provider);
    }
  }

  /** The vendor of a device by the first part of its id. */
  #providerOf(deviceId: string): Provider | null {
    return this.providers.find(({ id }) => deviceId.startsWith(`${id}.`)) ?? null;
  }

  #hasCredential(provider: Provider): boolean {
    const { vault } = this.#options;
    return (
      vault.status.state === 'open' && vault.list().some((one) => one.provider === provider.id)
    );
  }

  /** The newest key of the vendor, for the length of one call. */
  async #withClient<T>(
    provider: Provider,
    use: (client: ProviderClient) => Promise<T>,
  ): Promise<T> {
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
}

/** A machine of a vendor of which nothing is known here. */
const unlisted = { kind: 'qpu', times: {}, errorRates: {} } as const;

/** What is known without the vendor, with its state unknown. */
function unreachable(provider: Provider): Device[] {
  return provider.knownDevices.map((device) => ({
    ...device,
    status: 'unknown' as const,
    isUnreachable: true,
  }));
}

/** Rejects with `unavailable` where the vendor takes longer. */
async function inTime<T>(work: Promise<T>, ms: number, { title }: Provider): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `${title} did not answer within ${ms / 1000} seconds.`;
    timer = setTimeout(() => reject(new AppError('unavailable', message)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function localObstacles(device: Device, qubits: number): string[] {
  return qubits > device.qubits
    ? [`The circuit has ${qubits} qubits; ${device.name} has ${device.qubits}.`]
    : [];
}
