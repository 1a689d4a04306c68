import type { Token } from '../syntax/tokens.ts';

/** A stretch of the statement's text; offsets count from where the statement begins. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

interface ExpressionBase extends Stretch {
  /** Longest way down to a leaf; bounded, so that walks may recurse. */
  readonly height: number;
}

type UnaryOperator = '-' | '!' | '~';
export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '**'
  | '&'
  | '|'
  | '^'
  | '<<'
  | '>>'
  | '&&'
  | '||'
  | '=='
  | '!='
  | '<'
  | '>'
  | '<='
  | '>='
  | '++';

export type Expression3 =
  | (ExpressionBase & { readonly kind: 'literal'; readonly token: Token })
  | (ExpressionBase & { readonly kind: 'name'; readonly token: Token })
  | (ExpressionBase & {
      readonly kind: 'unary';
      readonly operator: UnaryOperator;
      readonly operand: Expression3;
    })
  | (ExpressionBase & {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression3;
      readonly right: Expression3;
    })
  | (ExpressionBase & {
      readonly kind: 'call';
      readonly name: Token;
      readonly arguments: readonly Expression3[];
    })
  | (ExpressionBase & {
      readonly kind: 'cast';
      readonly type: TypeSyntax;
      readonly operand: Expression3;
    })
  | (ExpressionBase & {
      readonly kind: 'index';
      readonly base: Expression3;
      readonly indices: readonly Expression3[];
    })
  | (ExpressionBase & { readonly kind: 'set'; readonly items: readonly Expression3[] })
  | (ExpressionBase & {
      readonly kind: 'range';
      readonly from: Expression3 | null;
      readonly step: Expression3 | null;
      readonly to: Expression3 | null;
    })
  | (ExpressionBase & { readonly kind: 'measure'; readonly operand: Expression3 })
  /** `block` is the text with its braces, carried along unread. */
  | (ExpressionBase & { readonly kind: 'durationof'; readonly block: Token });

/** A type as written. `name` is the keyword; array references have `access`. */
export interface TypeSyntax extends Stretch {
  readonly name: string;
  readonly width: Expression3 | null;
  /** Element type of an array, or the float of a complex. */
  readonly base: TypeSyntax | null;
  readonly shape: readonly Expression3[];
  /** `#dim = n` of an array reference. */
  readonly dimensions: Expression3 | null;
  readonly access: 'readonly' | 'mutable' | null;
}

export interface ParameterSyntax extends Stretch {
  readonly type: TypeSyntax;
  /** Null in `extern` declarations. */
  readonly name: Token | null;
}

export interface ModifierSyntax extends Stretch {
  readonly kind: 'inv' | 'pow' | 'ctrl' | 'negctrl';
  readonly argument: Expression3 | null;
}

export interface CaseSyntax extends Stretch {
  /** Empty: default. */
  readonly labels: readonly Expression3[];
  readonly body: readonly Statement3[];
}

interface StatementBase extends Stretch {
  readonly annotations?: readonly Token[];
}

export type DeclarationSyntax = StatementBase & {
  readonly kind: 'declaration';
  readonly modifier: 'const' | 'input' | 'output' | null;
  readonly type: TypeSyntax;
  readonly name: Token;
  readonly value: Expression3 | null;
};

export type GateDeclarationSyntax = StatementBase & {
  readonly kind: 'gate';
  readonly name: Token;
  readonly parameters: readonly Token[];
  readonly qubits: readonly Token[];
  readonly body: readonly Statement3[];
};

export type DefinitionSyntax = StatementBase & {
  readonly kind: 'def';
  readonly name: Token;
  readonly parameters: readonly ParameterSyntax[];
  readonly result: TypeSyntax | null;
  /** Null: extern. */
  readonly body: readonly Statement3[] | null;
};

export type CallSyntax3 = StatementBase & {
  readonly kind: 'call';
  readonly modifiers: readonly ModifierSyntax[];
  readonly name: Token;
  readonly parameters: readonly Expression3[];
  readonly operands: readonly Expression3[];
};

export type AssignmentSyntax = StatementBase & {
  readonly kind: 'assignment';
  readonly target: Expression3;
  /** "=" or a compound operator without its "=". */
  readonly operator: BinaryOperator | '=' | '~';
  readonly value: Expression3;
};

export type ForSyntax = StatementBase & {
  readonly kind: 'for';
  readonly type: TypeSyntax;
  readonly name: Token;
  readonly values: Expression3;
  readonly body: readonly Statement3[];
};

/** One statement of OpenQASM 3. */
export type Statement3 =
  | (StatementBase & { readonly kind: 'version'; readonly version: Token })
  | (StatementBase & { readonly kind: 'include'; readonly path: Token })
  | DeclarationSyntax
  | GateDeclarationSyntax
  | DefinitionSyntax
  | CallSyntax3
  | AssignmentSyntax
  | ForSyntax
  | (StatementBase & {
      readonly kind: 'alias';
      readonly name: Token;
      readonly value: Expression3;
    })
  | (StatementBase & {
      readonly kind: 'measure';
      readonly source: Expression3;
      readonly target: Expression3 | null;
    })
  | (StatementBase & { readonly kind: 'reset'; readonly operand: Expression3 })
  | (StatementBase & { readonly kind: 'barrier'; readonly operands: readonly Expression3[] })
  | (StatementBase & { readonly kind: 'nop'; readonly operands: readonly Expression3[] })
  | (StatementBase & {
      readonly kind: 'delay';
      readonly duration: Expression3;
      readonly operands: readonly Expression3[];
    })
  | (StatementBase & {
      readonly kind: 'box';
      readonly duration: Expression3 | null;
      readonly body: readonly Statement3[];
    })
  | (StatementBase & {
      readonly kind: 'if';
      readonly condition: Expression3;
      readonly body: readonly Statement3[];
      readonly otherwise: readonly Statement3[] | null;
    })
  | (StatementBase & {
      readonly kind: 'while';
      readonly condition: Expression3;
      readonly body: readonly Statement3[];
    })
  | (StatementBase & {
      readonly kind: 'switch';
      readonly subject: Expression3;
      readonly cases: readonly CaseSyntax[];
    })
  | (StatementBase & { readonly kind: 'block'; readonly body: readonly Statement3[] })
  | (StatementBase & { readonly kind: 'expression'; readonly value: Expression3 })
  | (StatementBase & { readonly kind: 'return'; readonly value: Expression3 | null })
  | (StatementBase & { readonly kind: 'break' | 'continue' | 'stop' })
  /** Carried through unread. */
  | (StatementBase & {
      readonly kind: 'pragma' | 'cal' | 'defcal' | 'grammar';
      readonly text: string;
    })
  /** What could not be read, a lone `;`, or the trivia after the last statement. */
  | (StatementBase & { readonly kind: 'broken' | 'empty' | 'end' });
