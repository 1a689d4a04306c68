const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes of a base64 text (padding allowed). The engine has no decoder of its own to call. */
export function fromBase64(text: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let k = 0; k < alphabet.length; k++) values[alphabet.charCodeAt(k)] = k;
  const length = text.endsWith('==')
    ? text.length - 2
    : text.endsWith('=')
      ? text.length - 1
      : text.length;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let k = 0; k < length; k++) {
    held = ((held << 6) | (values[text.charCodeAt(k)] as number)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >>> bits) & 0xff;
  }
  return bytes;
}
