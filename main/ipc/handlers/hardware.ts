import { AppError, asAppError } from '#shared/base/errors.ts';
import type { App } from '../../app.ts';
import type { HandlersOf } from '../call.ts';

type HardwareHandlers = HandlersOf<'devices'> & HandlersOf<'credentials'> & HandlersOf<'vault'>;

/** Devices, and the vault's one way in for keys. */
export function createHardwareHandlers({ hardware, vault, hub }: App): HardwareHandlers {
  const changed = (): void => {
    hub.emit('credentials.changed', {});
    hub.emit('vault.changed', vault.status);
  };
  return {
    'devices.list': ({ live }) => (live ? hardware.devices() : hardware.knownDevices()),
    'devices.estimate': ({ deviceId, source, shots }, signal) =>
      hardware.estimate(deviceId, source, { shots, signal }),
    'devices.select': ({ source, shots, ...limits }, signal) =>
      hardware.select(source, { shots, limits, signal }),
    'credentials.list': () => vault.list(),
    'credentials.add': async ({ provider: id, name, fields }) => {
      const provider = hardware.providers.find((one) => one.id === id);
      if (provider === undefined) {
        const known = hardware.providers.map((one) => one.id).join(', ');
        throw new AppError('bad-input', `There is no vendor “${id}”; there are ${known}.`, {
          provider: id,
        });
      }
      const missing = provider.credentialFields.find(
        (field) => (fields[field.id] ?? '').trim() === '',
      );
      if (missing !== undefined) {
        throw new AppError('bad-input', `${provider.title} needs the field “${missing.title}”.`, {
          field: missing.id,
        });
      }
      const credential = await vault.add(id, name, fields);
      changed();
      return credential;
    },
    'credentials.remove': async ({ id }) => {
      await vault.remove(id);
      changed();
      return { ok: true };
    },
    'credentials.test': async ({ id }) => {
      try {
        return { ok: true, message: await hardware.test(id) };
      } catch (thrown) {
        const error = asAppError(thrown);
        if (error.code === 'not-found' || error.code === 'locked') throw error;
        return { ok: false, message: error.message };
      }
    },
    'vault.status': () => vault.status,
    'vault.unlock': async ({ passphrase }) => {
      await vault.unlock(passphrase);
      changed();
      return vault.status;
    },
  };
}
