import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/base/errors.ts';
import { rngOf } from '#shared/base/rng.ts';
import { parseObservable } from '#shared/observables/parse.ts';
import type { PauliTerm } from '#shared/observables/pauli.ts';
import { printObservable } from '#shared/observables/print.ts';

function term(coefficient: number, text: string): PauliTerm {
  const factors = text === '' ? [] : text.split(' ');
  return {
    coefficient,
    factors: factors.map((factor) => ({
      letter: factor.charAt(0) as 'X' | 'Y' | 'Z',
      qubit: Number(factor.slice(1)),
    })),
  };
}

describe('parseObservable', () => {
  it('reads sums of products', () => {
    const { terms } = parseObservable('0.5*Z0*Z1 - X2 + 1.25', 3);
    expect(terms).toEqual([term(0.5, 'Z0 Z1'), term(-1, 'X2'), term(1.25, '')]);
  });

  it('reads products without stars and sorts them by qubit', () => {
    expect(parseObservable('Z1 Z0', 2).terms).toEqual([term(1, 'Z0 Z1')]);
    expect(parseObservable('-2e-1 Y3X0', 4).terms).toEqual([term(-0.2, 'X0 Y3')]);
  });

  it('reads letters with the highest qubit leftmost', () => {
    expect(parseObservable('IZYX', 4).terms).toEqual([term(1, 'X0 Y1 Z2')]);
    expect(parseObservable('0.5*ZI + 0.25*II', 2).terms).toEqual([term(0.5, 'Z1'), term(0.25, '')]);
    expect(parseObservable('Z', 1).terms).toEqual([term(1, 'Z0')]);
  });

  it('multiplies factors on one qubit and adds equal terms', () => {
    expect(parseObservable('X0*X0', 1).terms).toEqual([term(1, '')]);
    expect(parseObservable('X0*Y0 * X1*Y1', 2).terms).toEqual([term(-1, 'Z0 Z1')]);
    expect(parseObservable('Z0 + 2*Z0 - 1', 1).terms).toEqual([term(3, 'Z0'), term(-1, '')]);
  });

  it('says where a faulty observable is wrong', () => {
    const faults: readonly (readonly [string, number, RegExp])[] = [
      ['Z0 + Z5', 5, /Z5 acts on a qubit that is not there: the circuit has qubits 0 to 2/],
      ['X0*Y0', 0, /not Hermitian/],
      ['', 0, /it ends/],
      ['Z0 +', 4, /it ends/],
      ['Z0 & Z1', 3, /“&” came/],
      ['ZZ', 0, /2 letters, but there are 3 qubits/],
      ['1e999*Z0', 0, /too large/],
    ];
    for (const [text, position, message] of faults) {
      let thrown: unknown = null;
      try {
        parseObservable(text, 3);
      } catch (error) {
        thrown = error;
      }
      expect(thrown, text).toBeInstanceOf(AppError);
      expect((thrown as AppError).code).toBe('bad-input');
      expect((thrown as AppError).details['position'], text).toBe(position);
      expect((thrown as AppError).message).toMatch(message);
    }
  });

  it('reads back what it prints', () => {
    const rng = rngOf(7);
    for (let round = 0; round < 200; round++) {
      const parts = Array.from({ length: 1 + rng.below(5) }, () => {
        const factors = Array.from(
          { length: rng.below(4) },
          (_, i) => `${'XYZ'.charAt(rng.below(3))}${2 * i + rng.below(2)}`,
        );
        return [String(rng.below(1000) / 64 - 7.5), ...factors].join('*');
      });
      const sum = parseObservable(parts.join(' + '), 8);
      expect(parseObservable(printObservable(sum), 8)).toEqual(sum);
    }
  });
});
