import { expect, test } from 'vitest';
import { shortName } from '#renderer/lib/wire-name.ts';

test.each([
  ['q[0]', '[', 'q[0]'],
  ['ancilla[1]', '[', 'ancilla[1]'],
  ['a_very_long_register[12]', '[', 'a_ver…[12]'],
  ['classical_result/64', '/', 'classi…/64'],
] as const)('the wire %s (%s) is named %s', (name, mark, short) => {
  expect(shortName(name, mark)).toBe(short);
});
