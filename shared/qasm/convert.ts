import { AppError } from '../base/errors.ts';
import { sameCircuit } from '../circuit/equal.ts';
import { type ParsedDocument, parseDocument } from './document.ts';
import { printCircuit } from './print/circuit.ts';
import { type Token } from './syntax/tokens.ts';
import { tokensOf } from './syntax/nodes.ts';

/**
 * An OpenQASM 2 document as OpenQASM 3: version, standard file, registers and measurements are
 * written anew, comments and layout stay, and gates that stdgates.inc lacks are declared. Where that
 * would mean another circuit, the circuit is printed instead. `bad-input` where the text has errors.
 */
export function toOpenQasm3(document: ParsedDocument): string {
  const { circuit, language, text } = document;
  if (circuit === null) {
    throw new AppError('bad-input', 'The text has errors. Mend them before it is converted.');
  }
  if (language === 3) return text;
  const printed = printCircuit(circuit, 3);
  const converted = withDeclarations(rewritten(document), printed, document);
  const read = parseDocument(converted).circuit;
  return read !== null && sameCircuit(read, circuit) ? converted : printed;
}

function rewritten({ tree, text }: ParsedDocument): string {
  let result = '';
  let end = 0;
  for (const [index, start] of tree.starts.entries()) {
    const width = tree.statements[index]?.width ?? 0;
    result +=
      text.slice(end, start) + statement3(text.slice(start, start + width), tokensOf(tree, index));
    end = start + width;
  }
  return result + text.slice(end);
}

/** One statement in the other language; tokens count from its beginning. */
function statement3(text: string, tokens: readonly Token[]): string {
  const [first] = tokens;
  const replaced = (from: Token | undefined, to: Token | undefined, by: string): string =>
    from === undefined || to === undefined
      ? text
      : text.slice(0, from.start) + by + text.slice(to.end);
  const between = (from: Token, to: Token): string => text.slice(from.end, to.start).trim();
  switch (first?.text) {
    case 'OPENQASM':
      return replaced(tokens[1], tokens[1], '3.0');
    case 'include':
      return tokens[1]?.text === '"qelib1.inc"'
        ? replaced(tokens[1], tokens[1], '"stdgates.inc"')
        : text;
    case 'qreg':
    case 'creg': {
      const [, name, open, size] = tokens;
      if (open?.text !== '[' || name === undefined || size === undefined) return text;
      const type = first.text === 'qreg' ? 'qubit' : 'bit';
      return replaced(first, tokens[4], `${type}[${size.text}] ${name.text}`);
    }
    default: {
      const measure = tokens.find((token) => token.text === 'measure');
      const arrow = tokens.find((token) => token.text === '->');
      const end = tokens.findLast((token) => token.text === ';');
      if (measure === undefined || arrow === undefined || end === undefined) return text;
      const [qubit, bit] = [between(measure, arrow), between(arrow, end)];
      return replaced(measure, end, `${bit} = measure ${qubit};`);
    }
  }
}

/** The gates that the printed program declares and the document does not, behind the standard file. */
function withDeclarations(text: string, printed: string, { circuit }: ParsedDocument): string {
  const own = new Set(circuit?.definitions.map(({ name }) => name));
  const lines = printed.split('\n').filter((line) => {
    const name = /^gate ([^\s(]+)/.exec(line)?.[1];
    return name !== undefined && !own.has(name);
  });
  if (lines.length === 0) return text;
  const include = /include\s+"stdgates\.inc"\s*;/.exec(text);
  if (include === null) return text;
  const at = include.index + include[0].length;
  return `${text.slice(0, at)}\n${lines.join('\n')}${text.slice(at)}`;
}
