import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#shared/base/errors.ts';

/** Something sealed with AES-256-GCM; all parts base64. */
export const sealedSchema = z.object({ iv: z.string(), tag: z.string(), data: z.string() });
export type Sealed = Readonly<z.infer<typeof sealedSchema>>;

/**
 * Parameters of scrypt and the salt, kept beside what they protect. A damaged or hostile file may not
 * ask for more work or memory than this machine has.
 */
export const derivationSchema = z.object({
  salt: z.string().min(16),
  N: z
    .int()
    .gte(1 << 14)
    .lte(1 << 20),
  r: z.int().gte(1).lte(16),
  p: z.int().gte(1).lte(16),
});
export type KeyDerivation = Readonly<z.infer<typeof derivationSchema>>;

const ivBytes = 12;
const tagBytes = 16;

/** `bound` is not kept but must be the same again: it ties a secret to its place. */
export function seal(key: Buffer, plain: Buffer, bound = ''): Sealed {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(bound, 'utf8'));
  const data = Buffer.concat([cipher.update(plain), cipher.final()]);
  return {
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
}

/** Throws `unauthorised` for a wrong key, for data that was changed and for data of another place. */
export function unseal(key: Buffer, sealed: Sealed, bound = ''): Buffer {
  try {
    const iv = Buffer.from(sealed.iv, 'base64');
    const tag = Buffer.from(sealed.tag, 'base64');
    // A shorter tag would be easier to forge.
    if (iv.length !== ivBytes || tag.length !== tagBytes) throw new Error('Not sealed by us.');
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(bound, 'utf8'));
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]);
  } catch {
    // The cause is left out on purpose: nothing of a failed decryption belongs into a log.
    throw new AppError('unauthorised', 'The key does not open this vault.');
  }
}

/** How much work a derivation is. */
export type DerivationCost = Pick<KeyDerivation, 'N' | 'r' | 'p'>;

/** What OWASP's cheat sheet on storing passwords asks of scrypt. */
export const usualCost: DerivationCost = { N: 1 << 17, r: 8, p: 1 };

export function newDerivation({ N, r, p }: DerivationCost): KeyDerivation {
  return { salt: randomBytes(16).toString('base64'), N, r, p };
}

/** Whether a derivation is at least as much work as another. */
export function isAsCostly(one: DerivationCost, other: DerivationCost): boolean {
  return one.N * one.r * one.p >= other.N * other.r * other.p;
}

/** A 256-bit key from a passphrase by scrypt (RFC 7914), in Node's thread pool. */
export async function deriveKey(
  passphrase: string,
  { salt, N, r, p }: KeyDerivation,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 256 * N * r };
    scrypt(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64'), 32, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
