import { z } from 'zod';
import { schemaWords } from '#shared/base/schema-words.ts';

/** Lets every schema of this process tell its faults in plain words. */
export function speakPlainly(): void {
  z.config({ localeError: schemaWords });
}
