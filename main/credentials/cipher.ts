import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { AppError } from '#shared/base/errors.ts';

/** Something sealed with AES-256-GCM; all parts base64. */
export interface Sealed {
  readonly iv: string;
  readonly tag: string;
  readonly data: string;
}

/** Parameters of scrypt and the salt, kept beside what they protect. */
export interface KeyDerivation {
  readonly salt: string;
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

export function seal(key: Buffer, plain: Buffer): Sealed {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const data = Buffer.concat([cipher.update(plain), cipher.final()]);
  return {
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
}

/** Throws `unauthorised` for a wrong key and for data that was changed. */
export function unseal(key: Buffer, sealed: Sealed): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.iv, 'base64'));
    decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]);
  } catch {
    // The cause is left out on purpose: nothing of a failed decryption belongs into a log.
    throw new AppError('unauthorised', 'The key does not open this vault.');
  }
}

export function newDerivation(): KeyDerivation {
  return { salt: randomBytes(16).toString('base64'), N: 1 << 16, r: 8, p: 1 };
}

/** A 256-bit key from a passphrase by scrypt (RFC 7914), in Node's thread pool. */
export function deriveKey(passphrase: string, { salt, N, r, p }: KeyDerivation): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 256 * N * r };
    scrypt(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64'), 32, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
