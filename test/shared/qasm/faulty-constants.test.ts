import { describe, expect, test } from 'vitest';
import { parseDocument } from '#shared/qasm/document.ts';

const types = [
  'bit',
  'bit[2]',
  'bool',
  'int',
  'int[8]',
  'uint[4]',
  'float',
  'angle',
  'complex',
  'duration',
];
/** Each has a fault of its own: no value, no such name, another kind of thing. */
const values = [
  '2us / 0',
  'mod(0, 0)',
  '3 % 0',
  'nothing',
  '"01"',
  'q',
  '1/0',
  '0 ** -1',
  '1ns / 0ns',
  '(1 & 1) | complex(3)',
  'log(complex[float[64]](3us))',
  'k',
];
/** What reads the constant afterwards, whole, in parts, in bodies and in conditions. */
const uses = [
  'rx(k) q[0];',
  'rx(k[1]) q[0];',
  'rx(k[0:1]) q[0];',
  'gate g a { rx(k) a; ctrl @ U(k[0], k[1], 0) a, a; } g q[0];',
  'gate g a { rx(k | k) a; p(real(k)) a; for int i in [0:k] { rx(k + i) a; } } g q[0];',
  'gate g a { pow(k) @ x a; if (k[0]) { x a; } } g q[0];',
  'if (k == 1) x q[0];',
  'if (k[0]) x q[0];',
  'for int i in [0:k] { x q[0]; }',
  'for bit b in k { x q[0]; }',
  'x q[k];',
  'bit[k] c;',
  'const int m = k + 1; rx(m) q[0];',
  'int[8] v = int[8](k); v[k] = 1;',
  'delay[k] q[0];',
  'switch (k) { case 1 { x q[0]; } default { } }',
  'def f() -> int { return k; } rx(f()) q[0];',
  'array[int[8], 2] a = {k, 1}; a[k] = k[0];',
  'float s = sizeof(k) + popcount(k) + rotl(k, 1) + real(k) + sin(k);',
  'pow(k) @ x q[0]; ctrl(k) @ x q[0], q[1];',
];

describe('a declaration with a fault', () => {
  test.each(types)('of type %s is told, and whatever reads it is read on', (type) => {
    for (const qualifier of ['const ', '']) {
      for (const value of values) {
        for (const use of uses) {
          const text = `include "stdgates.inc"; qubit[2] q; ${qualifier}${type} k = ${value}; ${use}`;
          const { diagnostics } = parseDocument(text);
          const errors = diagnostics.filter(({ severity }) => severity === 'error');
          // Some values are right for some types; nothing that reads them ends the reading.
          if (value === 'nothing') expect(errors.length, text).toBeGreaterThan(0);
        }
      }
    }
  });
});
