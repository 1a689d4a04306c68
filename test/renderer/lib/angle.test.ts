import { describe, expect, test } from 'vitest';
import { evaluate, parametersIn, printExpression } from '#shared/circuit/expression.ts';
import { readAngle, readNumber } from '#renderer/lib/angle.ts';
import { inGreek, spelt } from '#shared/circuit/greek.ts';

function valueOf(text: string, bindings: Record<string, number> = {}): number {
  const read = readAngle(text);
  if (!read.ok) throw new Error(read.error);
  return evaluate(read.value, bindings);
}

describe('an angle', () => {
  test.each([
    ['π/4', Math.PI / 4],
    ['2π', 2 * Math.PI],
    ['τ/8', Math.PI / 4],
    ['2·π − 1', 2 * Math.PI - 1],
    ['3pi/2', 1.5 * Math.PI],
    ['1e-3', 1e-3],
    ['2.5e2pi', 250 * Math.PI],
    ['sin(π/6)', 0.5],
    ['2**3', 8],
    ['-pi', -Math.PI],
    ['tau/2', Math.PI],
    ['euler', Math.E],
  ])('“%s” is read as it is drawn', (text, value) => {
    expect(valueOf(text)).toBeCloseTo(value, 12);
  });

  test('what the canvas draws is read again', () => {
    for (const text of ['2*pi*phi', 'theta/2 + pi/4', '-lambda1', 'gamma_0*pi']) {
      const read = readAngle(text);
      if (!read.ok) throw new Error(read.error);
      const drawn = readAngle(inGreek(text), new Set(parametersIn(read.value)));
      expect(drawn.ok && printExpression(drawn.value)).toBe(printExpression(read.value));
    }
  });

  test('takes names of any letters, and a Greek one for the parameter of its name', () => {
    expect(parametersOf('θ')).toEqual(['θ']);
    expect(parametersOf('θ', 'theta')).toEqual(['theta']);
    expect(parametersOf('θ', 'theta', 'θ')).toEqual(['θ']);
    expect(parametersOf('2*Winkel + größe')).toEqual(['Winkel', 'größe']);
    expect(spelt('θ1')).toBe('theta1');
    expect(spelt('x')).toBe('x');
  });

  test.each([
    ['pi//2', 'one “/”'],
    ['pi)', '“)” closes nothing'],
    ['(pi', '“(” is not closed'],
    ['pi; x', '“;” has no place'],
    ['{', '“{” has no place'],
    ['pi pi', '“pi pi” is not an angle'],
    ['', 'Type an angle'],
  ])('“%s” is refused in its own words', (text, words) => {
    const read = readAngle(text);
    expect(read.ok ? '' : read.error).toContain(words);
    expect(read.ok ? '' : read.error).not.toMatch(/gate|probe|Add “}”/);
  });

  test('a number takes the same signs', () => {
    expect(readNumber('π/2')).toEqual({ ok: true, value: Math.PI / 2 });
    expect(readNumber('θ').ok).toBe(false);
  });
});

function parametersOf(text: string, ...known: string[]): readonly string[] {
  const read = readAngle(text, new Set(known));
  if (!read.ok) throw new Error(read.error);
  return parametersIn(read.value);
}

test('only whole names become letters', () => {
  expect(inGreek('theta + pitch*pi2 - alphabet')).toBe('θ + pitch*π2 - alphabet');
  expect(inGreek('beta_1')).toBe('β_1');
});
