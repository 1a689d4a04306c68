import { AppError, asAppError } from '#shared/base/errors.ts';
import type { SecretFields } from './vault.ts';

const shown = '•••';
/** Shorter fields are words that stand everywhere, e.g. a region. */
const shortest = 4;

/** Takes the fields of a credential out of texts, in the ways in which they travel. */
export class Redaction {
  readonly #needles: readonly string[];

  constructor(fields: SecretFields) {
    const values = Object.values(fields)
      .map((value) => value.trim())
      .filter((value) => value.length >= shortest);
    const forms = values.flatMap((value) => [
      value,
      JSON.stringify(value).slice(1, -1),
      encodeURIComponent(value),
      ...base64Forms(value),
      Buffer.from(value).toString('hex'),
    ]);
    // The longest first: one form may be a part of another.
    this.#needles = [...new Set(forms)].sort((a, b) => b.length - a.length);
  }

  text(text: string): string {
    return this.#needles.reduce((rest, needle) => rest.replaceAll(needle, shown), text);
  }

  /** The same value where nothing of it is secret; typed arrays hold numbers alone. */
  value<T>(value: T): T {
    return this.#clean(value) as T;
  }

  error(thrown: unknown): AppError {
    const { code, message, details } = asAppError(thrown);
    // The cause stays behind: what it quotes is not known.
    return new AppError(code, this.text(message), this.value(details));
  }

  #clean(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    if (Array.isArray(value)) return value.map((item) => this.#clean(item));
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [this.text(key), this.#clean(item)]),
    );
  }
}

/** Base64 of a text that may stand behind others: at each of the three offsets, without its ends. */
function base64Forms(value: string): string[] {
  return [0, 1, 2]
    .map((offset) => {
      const text = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]).toString('base64');
      const begin = offset === 0 ? 0 : offset + 1;
      return text.slice(begin).replace(/=+$/, '').slice(0, -1);
    })
    .filter((form) => form.length >= 2 * shortest);
}
