import { AppError } from '../../base/errors.ts';

/** A function of bits: of the index whose bit i is variable i. */
export type Formula = (index: number) => boolean;

const token = /\s*(x\d+|[01()&|^!~])/y;

/**
 * A formula over x0, x1, …: ! or ~ binds most, then &, ^ and |. Throws `bad-input` with the place, counted
 * from 1, of what cannot be read, and where a variable is not below `variables`.
 */
export function formulaOf(text: string, variables: number): Formula {
  const tokens = tokensOf(text);
  let at = 0;
  const fault = (expected: string): AppError => {
    const { word, place } = tokens[at] ?? { word: 'the end', place: text.length + 1 };
    return new AppError(
      'bad-input',
      `The formula has ${word} at character ${place} where ${expected} is expected.`,
      { path: 'problem.formula', place },
    );
  };
  const take = (word: string): boolean => {
    if (tokens[at]?.word !== word) return false;
    at++;
    return true;
  };
  const chain = (
    symbol: string,
    part: () => Formula,
    join: (a: boolean, b: boolean) => boolean,
  ) => {
    let left = part();
    while (take(symbol)) {
      const [first, second] = [left, part()];
      left = (index) => join(first(index), second(index));
    }
    return left;
  };
  const either = (): Formula => chain('|', differing, (a, b) => a || b);
  const differing = (): Formula => chain('^', both, (a, b) => a !== b);
  const both = (): Formula => chain('&', single, (a, b) => a && b);
  const single = (): Formula => {
    if (take('!') || take('~')) {
      const inner = single();
      return (index) => !inner(index);
    }
    if (take('(')) {
      const inner = either();
      if (!take(')')) throw fault('“)”');
      return inner;
    }
    if (take('0')) return () => false;
    if (take('1')) return () => true;
    const word = tokens[at]?.word ?? '';
    if (!word.startsWith('x')) throw fault('a variable such as x0, “!” or “(”');
    const variable = Number(word.slice(1));
    if (variable >= variables) throw fault(`a variable below x${variables}`);
    at++;
    return (index) => ((index >>> variable) & 1) === 1;
  };
  const whole = either();
  if (at < tokens.length) throw fault('“&”, “|”, “^” or the end');
  return whole;
}

function tokensOf(text: string): { readonly word: string; readonly place: number }[] {
  const found: { word: string; place: number }[] = [];
  token.lastIndex = 0;
  let end = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const word = match[1] ?? '';
    found.push({ word, place: token.lastIndex - word.length + 1 });
    end = token.lastIndex;
  }
  const rest = text.slice(end);
  if (rest.trim() === '') return found;
  const place = end + rest.length - rest.trimStart().length + 1;
  throw new AppError(
    'bad-input',
    `The formula has “${text.charAt(place - 1)}” at character ${place}; it is made of x0, x1, …, !, &, ^, |, 0, 1 and brackets.`,
    { path: 'problem.formula', place },
  );
}
