import { ionq } from './ionq/index.ts';
import type { Provider } from './provider.ts';

/** Every vendor, sorted by id. */
export const providers: readonly Provider[] = [ionq];

export function providerById(id: string): Provider | null {
  return providers.find((provider) => provider.id === id) ?? null;
}

/** The vendor of a device by the first part of its id. */
export function providerOfDevice(deviceId: string): Provider | null {
  return providers.find((provider) => deviceId.startsWith(`${provider.id}.`)) ?? null;
}
