import { gateById, gateNamed, languageGates2 } from '../../gates/registry.ts';
import { paperGates } from '../semantics/environment.ts';
import { builtInFunctions } from '../semantics3/functions.ts';
import { reservedWords } from '../syntax/pieces.ts';
import { reservedWords3 } from '../syntax3/words.ts';
import type { NameRules } from './allowed-names.ts';

function words(text: string): readonly string[] {
  return text.split(' ');
}

/** Rules of a language whose names are of some form and must not be words of its own. */
function rulesOf(
  language: string,
  form: RegExp,
  kept: readonly (readonly string[])[],
  keyOf?: (name: string) => string,
): NameRules {
  const reserved = new Set(kept.flat());
  const isAllowed = (name: string): boolean => form.test(name) && !reserved.has(name);
  return keyOf === undefined ? { language, isAllowed } : { language, isAllowed, keyOf };
}

/** A new name of a gate would hide a built-in one that the circuit calls by it. */
function isNoGate(name: string): boolean {
  return gateById(name) === null && gateNamed(name, 3) === null && !/^u_*$/.test(name);
}

const functions2 = words('sin cos tan exp ln sqrt');

/** Names of gates: the program may declare those of qelib1.inc itself, if it leaves that out. */
export const gateNames2Rules: NameRules = {
  ...rulesOf('OpenQASM 2', /^[a-z][A-Za-z0-9_]*$/, [
    [...reservedWords],
    languageGates2,
    functions2,
  ]),
  isFree: isNoGate,
};

/** Names of registers, beside the gates of qelib1.inc. */
export const registerNames2Rules = rulesOf('OpenQASM 2', /^[a-z][A-Za-z0-9_]*$/, [
  [...reservedWords],
  languageGates2,
  functions2,
  [...paperGates],
]);

/** `gates`: names that the program calls gates by. */
export function names3Rules(gates: ReadonlySet<string>): NameRules {
  const letter = '\\p{Lu}\\p{Ll}\\p{Lt}\\p{Lm}\\p{Lo}\\p{Nl}_';
  const form = new RegExp(`^(?:\\$[0-9]+|[${letter}][${letter}0-9]*)$`, 'u');
  const rules = rulesOf('OpenQASM 3', form, [
    [...reservedWords3],
    builtInFunctions,
    ['U', '#dim'],
    [...gates],
  ]);
  return { ...rules, isFree: isNoGate };
}

const pythonWords = words(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield abs float int print range len bool str list self',
);

/**
 * Python takes letters of any script, and takes compatible ones (ϕ and φ) for the same: only names
 * that are their own normal form are kept. `own`: names that the exported program uses itself.
 */
export function pythonNameRules(own: string, numbered: RegExp | null = null): NameRules {
  const rules = rulesOf('Python', /^[\p{ID_Start}_][\p{ID_Continue}]*$/u, [
    pythonWords,
    words(`math ${own}`),
  ]);
  const isAllowed = (name: string): boolean =>
    rules.isAllowed(name) && name.normalize('NFKC') === name && numbered?.test(name) !== true;
  return { ...rules, isAllowed };
}

/** Names of FreeParameters: none of Braket's own, of OpenQASM's or of OpenPulse's words. */
const braketWords = words(
  'b q arg dim waveform port frame include defcalgrammar OPENQASM circuit Circuit FreeParameter FreeParameterExpression sympy',
);

export const braketNameRules: NameRules = (() => {
  const python = pythonNameRules(braketWords.join(' '));
  const isAllowed = (name: string): boolean =>
    python.isAllowed(name) && !reservedWords3.has(name) && !builtInFunctions.includes(name);
  return { language: 'Braket', isAllowed };
})();

const quilWords = words(
  'DEFGATE DEFCIRCUIT DEFCAL DEFFRAME DEFWAVEFORM DECLARE MEASURE LABEL HALT JUMP JUMP-WHEN JUMP-UNLESS RESET WAIT NOP INCLUDE PRAGMA FORKED CONTROLLED DAGGER AS MATRIX PERMUTATION PAULI-SUM SEQUENCE SHARING OFFSET BIT OCTET INTEGER REAL NEG NOT AND IOR XOR OR ADD SUB MUL DIV MOVE EXCHANGE CONVERT LOAD STORE EQ GT GE LT LE TRUE FALSE PULSE CAPTURE RAW-CAPTURE DELAY FENCE NONBLOCKING SET-FREQUENCY SHIFT-FREQUENCY SET-PHASE SHIFT-PHASE SWAP-PHASE SET-SCALE SIN COS SQRT EXP CIS pi i mut',
);
/** Words that readers of Quil take in any spelling. */
const quilFunctions = words('sin cos sqrt exp cis pi');

export const quilNameRules: NameRules = (() => {
  const rules = rulesOf('Quil', /^[A-Za-z_][A-Za-z0-9_]*$/, [quilWords]);
  const isAllowed = (name: string): boolean =>
    rules.isAllowed(name) && !quilFunctions.includes(name.toLowerCase());
  return { ...rules, isAllowed };
})();

/** Names of memory that are variables of a pyQuil program, too. */
export const pyquilNameRules: NameRules = (() => {
  const gates =
    'Program program get_qc quil_sin quil_cos quil_sqrt quil_exp I X Y Z H S T PHASE RX RY RZ CNOT CZ CPHASE SWAP ISWAP CCNOT CSWAP XY MEASURE RESET FENCE MOVE';
  const python = pythonNameRules(gates, /^(?:branch|other)_\d+$/);
  const isAllowed = (name: string): boolean =>
    quilNameRules.isAllowed(name) && python.isAllowed(name);
  return { language: 'pyQuil', isAllowed };
})();

const qsharpWords = words(
  'if elif else repeat until fixup while for in return fail within apply using borrowing use borrow let mutable set operation function newtype struct namespace open import export internal body adjoint controlled self auto distribute invert intrinsic Adjoint Controlled Adj Ctl is as and or not new Zero One true false PauliX PauliY PauliZ PauliI Unit Int BigInt Double Bool String Qubit Result Pauli Range _',
);
const qsharpOwn = words(
  'q Circuit Main Std M Reset ResetAll Length Message I X Y Z H S T Rx Ry Rz R1 CNOT CZ CCNOT SWAP Rxx Ryy Rzz PI E Sin Cos Tan ArcSin ArcCos ArcTan Log Sqrt AbsD Ceiling Floor IntAsDouble',
);

export const qsharpNameRules = rulesOf('Q#', /^(?!__)[A-Za-z_][A-Za-z0-9_]*$/, [
  qsharpWords,
  qsharpOwn,
]);
