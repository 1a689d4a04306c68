import { ionq } from './ionq/index.ts';
import type { Provider } from './provider.ts';

/** Every vendor, sorted by id. */
export const providers: readonly Provider[] = [ionq];
