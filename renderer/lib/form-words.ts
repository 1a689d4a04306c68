const types: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'yes or no',
  array: 'a list',
  object: 'a group of values',
  record: 'a group of values',
  tuple: 'a list',
};

const bounds: Readonly<Record<string, string>> = {
  '>=': 'at least',
  '>': 'more than',
  '<=': 'at most',
  '<': 'less than',
};

/** What the checks of a spec say, each with how a form says it. */
const rules: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [
    /^Too (?:small|big): expected (?:number|int|bigint) to be ([<>]=?)(\S+)$/,
    (sign, value) => `Expected ${bounds[sign ?? '']} ${plainNumber(value)}.`,
  ],
  [
    /^Too (?:small|big): expected string to have ([<>]=?)(\d+) characters$/,
    (sign, count) => `Expected ${bounds[sign ?? '']} ${counted(count, 'letter')}.`,
  ],
  [
    /^Too (?:small|big): expected \w+ to have ([<>]=?)(\d+) (?:items|keys)$/,
    (sign, count) =>
      sign === '>=' && count === '1'
        ? 'Choose at least one.'
        : `Expected ${bounds[sign ?? '']} ${counted(count, 'entry', 'entries')}.`,
  ],
  [
    /^Invalid input: expected (\w+), received \w+$/,
    (type) => `Expected ${types[type ?? ''] ?? 'another value'}.`,
  ],
  [
    /^Invalid (?:input|option): expected (?:one of )?(".*")$/,
    (list) =>
      `Expected ${[...(list ?? '').matchAll(/"([^"]*)"/g)].map(([, one]) => one).join(' or ')}.`,
  ],
  [/^Invalid number: must be a multiple of (\S+)$/, (step) => `Expected a multiple of ${step}.`],
  [/^Unrecognized keys?: (.*)$/, (keys) => `There is no setting ${keys} here.`],
  [/^Invalid input$/, () => 'This value is not possible here.'],
];

/** A message of a check in the words of a form; other messages are sentences already. */
export function inFormWords(message: string): string {
  for (const [pattern, say] of rules) {
    const found = pattern.exec(message);
    if (found !== null) return say(...found.slice(1));
  }
  return message;
}

function plainNumber(text: string | undefined): string {
  const value = Number(text);
  return Number.isFinite(value) ? value.toLocaleString('en') : (text ?? '');
}

function counted(count: string | undefined, one: string, many = `${one}s`): string {
  return `${plainNumber(count)} ${count === '1' ? one : many}`;
}
