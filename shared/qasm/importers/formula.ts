import { type Expression, numberOf } from '../../circuit/expression.ts';
import { add, type Complex, complex, multiply } from '../../math/complex.ts';

/** A formula as people type it: `pi/4`, `2 cos(pi/3)`, `√½`, `½-½i`. */
export type Formula =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negate'; readonly operand: Formula }
  | {
      readonly kind: 'binary';
      readonly operator: '+' | '-' | '*' | '/' | '^';
      readonly left: Formula;
      readonly right: Formula;
    }
  | { readonly kind: 'call'; readonly name: string; readonly argument: Formula };

const fractions: Readonly<Record<string, number>> = {
  '½': 1 / 2,
  '⅓': 1 / 3,
  '⅔': 2 / 3,
  '¼': 1 / 4,
  '¾': 3 / 4,
  '⅕': 1 / 5,
  '⅙': 1 / 6,
  '⅛': 1 / 8,
  '⅜': 3 / 8,
  '⅝': 5 / 8,
  '⅞': 7 / 8,
};

const functions: ReadonlySet<string> = new Set(
  'sin cos tan sqrt exp ln acos asin atan arccos arcsin arctan cis √'.split(' '),
);
const otherNames: Readonly<Record<string, string>> = {
  '√': 'sqrt',
  arccos: 'acos',
  arcsin: 'asin',
  arctan: 'atan',
};

/** Quirk's signs bind like functions, and its powers are taken from the left: −2^2 = 4, 2^3^2 = 64. */
export type FormulaDialect = 'quil' | 'quirk';

/** Nesting that no person types. */
const maximumDepth = 60;
const maximumLength = 1000;

/** The formula that a text says; null where it says none. */
export function parseFormula(text: string, dialect: FormulaDialect): Formula | null {
  if (text.length > maximumLength) return null;
  // Neither format tells small letters from large ones.
  const tokens =
    text
      .toLowerCase()
      .match(/[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?|[A-Za-z]+|[^\s]/gu)
      ?.map((token) => token) ?? [];
  const parser = new FormulaParser(tokens, dialect);
  const formula = parser.sum(0);
  return formula !== null && parser.isOver ? formula : null;
}

class FormulaParser {
  readonly #tokens: readonly string[];
  #at = 0;

  readonly #dialect: FormulaDialect;

  constructor(tokens: readonly string[], dialect: FormulaDialect) {
    this.#tokens = tokens;
    this.#dialect = dialect;
  }

  get isOver(): boolean {
    return this.#at === this.#tokens.length;
  }

  sum(depth: number): Formula | null {
    return this.#chain(['+', '-'], () => this.#product(depth + 1), depth);
  }

  #product(depth: number): Formula | null {
    let left = this.#signed(depth + 1);
    while (left !== null) {
      const next = this.#tokens[this.#at];
      const isWritten = next === '*' || next === '/';
      // Two factors side by side are multiplied: “2pi”, “½i”.
      const isSilent = next !== undefined && /^[\p{L}0-9.(√½⅓⅔¼¾⅕⅙⅛⅜⅝⅞]/u.test(next);
      if (!isWritten && !isSilent) break;
      if (isWritten) this.#at++;
      const right = this.#signed(depth + 1);
      if (right === null) return null;
      left = { kind: 'binary', operator: next === '/' ? '/' : '*', left, right };
    }
    return left;
  }

  #chain(
    operators: readonly ('+' | '-')[],
    operand: () => Formula | null,
    depth: number,
  ): Formula | null {
    if (depth > maximumDepth) return null;
    let left = operand();
    while (left !== null) {
      const next = operators.find((one) => one === this.#tokens[this.#at]);
      if (next === undefined) break;
      this.#at++;
      const right = operand();
      if (right === null) return null;
      left = { kind: 'binary', operator: next, left, right };
    }
    return left;
  }

  #signed(depth: number): Formula | null {
    if (depth > maximumDepth) return null;
    const sign = this.#tokens[this.#at];
    if (this.#dialect === 'quirk') return this.#powers(depth);
    if (sign !== '-' && sign !== '+') return this.#power(depth);
    this.#at++;
    const operand = this.#signed(depth + 1);
    if (operand === null || sign === '+') return operand;
    return { kind: 'negate', operand };
  }

  /** Quirk's powers, from the left. */
  #powers(depth: number): Formula | null {
    let left = this.#prefixed(depth + 1);
    while (left !== null && this.#tokens[this.#at] === '^') {
      this.#at++;
      const right = this.#prefixed(depth + 1);
      if (right === null) return null;
      left = { kind: 'binary', operator: '^', left, right };
    }
    return left;
  }

  /** A sign belongs to the one thing behind it. */
  #prefixed(depth: number): Formula | null {
    if (depth > maximumDepth) return null;
    const sign = this.#tokens[this.#at];
    if (sign !== '-' && sign !== '+') return this.#primary(depth);
    this.#at++;
    const operand = this.#prefixed(depth + 1);
    if (operand === null || sign === '+') return operand;
    return { kind: 'negate', operand };
  }

  #power(depth: number): Formula | null {
    const base = this.#primary(depth);
    if (base === null || this.#tokens[this.#at] !== '^') return base;
    this.#at++;
    const exponent = this.#signed(depth + 1);
    if (exponent === null) return null;
    return { kind: 'binary', operator: '^', left: base, right: exponent };
  }

  #primary(depth: number): Formula | null {
    const token = this.#tokens[this.#at++];
    if (token === undefined) return null;
    if (/^[0-9.]/.test(token)) return numeric(Number(token));
    const fraction = fractions[token];
    if (fraction !== undefined) return numeric(fraction);
    if (token === '(') {
      const inner = this.sum(depth + 1);
      return inner !== null && this.#tokens[this.#at++] === ')' ? inner : null;
    }
    if (functions.has(token)) {
      // A power behind the argument is one of the value: cos(x)^2.
      const argument = this.#prefixed(depth + 1);
      return argument === null
        ? null
        : { kind: 'call', name: otherNames[token] ?? token, argument };
    }
    if (token === 'π') return { kind: 'name', name: 'pi' };
    return /^[A-Za-z]+$/.test(token) ? { kind: 'name', name: token } : null;
  }
}

function numeric(value: number): Formula | null {
  return Number.isFinite(value) ? { kind: 'number', value } : null;
}

const realNames = {
  cos: 'cos',
  sin: 'sin',
  tan: 'tan',
  sqrt: 'sqrt',
  exp: 'exp',
  ln: 'ln',
} as const;
const inverseNames = { acos: 'arccos', asin: 'arcsin', atan: 'arctan' } as const;

/** The formula as an angle of a circuit; null where it has a name that is no constant. */
export function expressionOf(formula: Formula): Expression | null {
  switch (formula.kind) {
    case 'number':
      return numberOf(formula.value);
    case 'name':
      if (formula.name === 'pi') return { kind: 'constant', name: 'pi' };
      return formula.name === 'e' ? { kind: 'constant', name: 'euler' } : null;
    case 'negate': {
      const operand = expressionOf(formula.operand);
      if (operand?.kind === 'number' && operand.value > 0) return numberOf(-operand.value);
      return operand === null ? null : { kind: 'negate', operand };
    }
    case 'binary': {
      const [left, right] = [expressionOf(formula.left), expressionOf(formula.right)];
      if (left === null || right === null) return null;
      return { kind: 'binary', operator: formula.operator, left, right };
    }
    case 'call': {
      const argument = expressionOf(formula.argument);
      const name = { ...realNames, ...inverseNames }[formula.name];
      return argument === null || name === undefined
        ? null
        : { kind: 'call', name, arguments: [argument] };
    }
  }
}

/**
 * The complex number that the formula says, its angles in radians unless `degrees`; null where it has a
 * name that is no constant, or a function of a number that is not real.
 */
export function complexOf(
  formula: Formula,
  unit: 'radians' | 'degrees' = 'radians',
): Complex | null {
  switch (formula.kind) {
    case 'number':
      return complex(formula.value);
    case 'name':
      if (formula.name === 'i') return complex(0, 1);
      if (formula.name === 'pi') return complex(Math.PI);
      return formula.name === 'e' ? complex(Math.E) : null;
    case 'negate': {
      const value = complexOf(formula.operand, unit);
      return value === null ? null : complex(-value.re, -value.im);
    }
    case 'binary': {
      const [left, right] = [complexOf(formula.left, unit), complexOf(formula.right, unit)];
      return left === null || right === null ? null : combined(formula.operator, left, right);
    }
    case 'call': {
      const value = complexOf(formula.argument, unit);
      return value === null ? null : called(formula.name, value, unit);
    }
  }
}

function combined(operator: '+' | '-' | '*' | '/' | '^', a: Complex, b: Complex): Complex {
  switch (operator) {
    case '+':
      return add(a, b);
    case '-':
      return complex(a.re - b.re, a.im - b.im);
    case '*':
      return multiply(a, b);
    case '/': {
      const size = b.re * b.re + b.im * b.im;
      return multiply(a, complex(b.re / size, -b.im / size));
    }
    case '^':
      return power(a, b);
  }
}

function power(a: Complex, b: Complex): Complex {
  const radius = Math.hypot(a.re, a.im);
  if (radius === 0) return complex(b.re === 0 && b.im === 0 ? 1 : 0);
  const [logarithm, angle] = [Math.log(radius), Math.atan2(a.im, a.re)];
  const size = Math.exp(b.re * logarithm - b.im * angle);
  const phase = b.re * angle + b.im * logarithm;
  return complex(size * Math.cos(phase), size * Math.sin(phase));
}

function called(name: string, value: Complex, unit: 'radians' | 'degrees'): Complex | null {
  if (name === 'sqrt') return power(value, complex(0.5));
  if (name === 'exp') return power(complex(Math.E), value);
  if (name === 'cis') return power(complex(Math.E), complex(-value.im, value.re));
  if (name === 'ln')
    return complex(Math.log(Math.hypot(value.re, value.im)), Math.atan2(value.im, value.re));
  if (value.im !== 0) return null;
  const degree = unit === 'degrees' ? Math.PI / 180 : 1;
  const angle = value.re * degree;
  const real: Readonly<Record<string, () => number>> = {
    sin: () => Math.sin(angle),
    cos: () => Math.cos(angle),
    tan: () => Math.tan(angle),
    acos: () => Math.acos(value.re) / degree,
    asin: () => Math.asin(value.re) / degree,
    atan: () => Math.atan(value.re) / degree,
  };
  const compute = real[name];
  return compute === undefined ? null : complex(compute());
}
