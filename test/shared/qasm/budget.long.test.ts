import { expect, it } from 'vitest';
import { realUse, simulateText } from '../../support/simulate-text.ts';

it('ends running a program whose subroutines call each other twice, with a reason', () => {
  expect(() => simulateText(realUse('doubling-def-40.qasm'))).toThrow(/more than \d+ steps/);
}, 300_000);
