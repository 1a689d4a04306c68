import { describe, expect, it } from 'vitest';
import { parseDocument } from '#shared/qasm/document.ts';

/** Phases of the errors, the first of each kind. */
function phases(text: string): string[] {
  const errors = parseDocument(text, { language: 3 }).diagnostics.filter(
    ({ severity }) => severity === 'error',
  );
  return [...new Set(errors.map(({ phase }) => phase))];
}

describe('the grammar of OpenQASM 3 refuses', () => {
  it.each([
    ['an empty statement', ';'],
    ['a pragma that says nothing', 'pragma\n'],
    ['an annotation with a blank before its name', '@ note\nqubit q;'],
    ['an annotated block', '@note\n{ int i = 0; }'],
    ['a number as qubit', 'qubit q; reset 3;'],
    ['a number as qubit of a gate', 'qubit q; ctrl @ U(0, 0, 0) q, 1;'],
    ['a call as what is measured', 'bit b; b = measure f(2);'],
    ['an assignment to a number', '1 = 2;'],
    ['an assignment to a call', 'f(1) = 2;'],
    ['two numbers in the brackets of a call', 'gate g q {} qubit q; g[1, 2] q;'],
    ['a gate in parentheses', 'gate g q {} qubit q; (g) q;'],
    ['a modified gate on no qubit', 'gate g q {} pow(2) @ g;'],
    ['an empty set', 'qubit[2] q; let a = q[{}];'],
    ['a set beside an index', 'qubit[4] q; let a = q[{0, 1}, 2];'],
    ['a range without its end', 'qubit[4] q; let a = q[0:2:];'],
    ['joined arrays as arguments', 'array[int, 1] a; int b = sizeof(a ++ a);'],
    ['#dim outside a parameter', 'array[int, #dim = 2] a;'],
    ['qubits for outside functions', 'extern f(qubit);'],
    ['quantum inputs', 'input qubit q;'],
    ['words between “cal” and its block', 'cal if { }'],
    ['a calibration of nothing', 'defcal (angle[20] a) q { }'],
    ['a calibration without qubits', 'defcal rz(pi / 2) { }'],
    ['two qubits with no comma in a calibration', 'defcal cz $0 $1 { }'],
    ['a calibration that gives no type', 'defcal measure $0 -> where { }'],
  ])('%s', (_, text) => {
    expect(phases(text)).toEqual(['syntax']);
  });
});

describe('the grammar of OpenQASM 3 takes', () => {
  it.each([
    [
      'parameters and values in calibrations',
      'defcal rz(angle[20] a, pi / 2) $0, q { x } defcal measure $0 -> bit { { y } }',
    ],
    ['a conversion as statement', 'int[8](2.5);'],
    ['a measurement in a compound assignment', 'qubit q; bit b; b ^= measure q;'],
    [
      'registers joined in an alias and arrays in a declaration',
      'qubit a; qubit b; let c = a ++ b; array[int, 1] d = {1}; array[int, 2] e = d ++ d;',
    ],
    ['open ranges with a step', 'qubit[4] q; let a = q[::2];'],
    ['empty lists as arrays', 'array[int, 0] a = {};'],
  ])('%s', (_, text) => {
    expect(phases(text)).not.toContain('syntax');
  });

  it.each([
    ['a name of the language’s constants for a variable', 'float pi;'],
    ['complex numbers of integers', 'complex[int[8]] z;'],
    ['a list for one number', 'int[8] a = {1};'],
  ])('%s, which means nothing', (_, text) => {
    expect(phases(text)).toEqual(['semantic']);
  });
});
