import type { Statement3 } from './nodes.ts';

/** The lists of statements inside a statement. */
export function bodiesOf(statement: Statement3): readonly (readonly Statement3[])[] {
  switch (statement.kind) {
    case 'gate':
    case 'for':
    case 'while':
    case 'box':
    case 'block':
      return [statement.body];
    case 'def':
      return statement.body === null ? [] : [statement.body];
    case 'if':
      return statement.otherwise === null
        ? [statement.body]
        : [statement.body, statement.otherwise];
    case 'switch':
      return statement.cases.map(({ body }) => body);
    default:
      return [];
  }
}
