import { bitCountOf, type Circuit, nameOfIndex } from '#shared/circuit/circuit.ts';
import { SelectField, TextField } from '#renderer/ui/field.tsx';
import { conditionSource } from './enclose.ts';

/** What is typed and chosen of a condition. */
export interface ConditionDraft {
  /** "register 0", "bit 3" or "formula". */
  readonly what: string;
  readonly negated: boolean;
  readonly value: string;
  readonly formula: string;
}

/** More single bits than this are not listed: the formula takes any. */
const listedBits = 64;

interface Readable {
  readonly id: string;
  readonly title: string;
  readonly bits: readonly number[];
}

/** Registers and their bits that a condition can read. */
function readablesOf(circuit: Circuit, language: 2 | 3): readonly Readable[] {
  let first = 0;
  const registers = circuit.bitRegisters.map(({ name, size }, index): Readable => {
    const bits = Array.from({ length: size }, (_, i) => first + i);
    first += size;
    const title = size === 1 ? name : `${name}, all ${size} bits`;
    return { id: `register ${index}`, title, bits };
  });
  if (language === 2) return registers;
  const count = Math.min(bitCountOf(circuit), listedBits);
  const single = Array.from({ length: count }, (_, bit): Readable => {
    return { id: `bit ${bit}`, title: nameOfIndex(circuit.bitRegisters, bit), bits: [bit] };
  });
  return [...registers, ...single];
}

export function usualDraft(
  circuit: Circuit,
  language: 2 | 3,
  formula: string | null,
): ConditionDraft {
  const [first] = readablesOf(circuit, language);
  const isFormula = language === 3 && (formula !== null || first === undefined);
  const bit = language === 3 && circuit.bitRegisters.length > 0 ? 'bit 0' : first?.id;
  return {
    what: isFormula ? 'formula' : (bit ?? 'formula'),
    negated: false,
    value: '1',
    formula: formula ?? '',
  };
}

/** The condition as the text has it; a problem where it is none yet. */
export function sourceOfDraft(
  circuit: Circuit,
  language: 2 | 3,
  draft: ConditionDraft,
): { readonly source: string } | { readonly problem: string } {
  if (draft.what === 'formula') {
    const source = draft.formula.trim();
    if (source === '') return { problem: 'Write a condition, e.g. c[0] == 1 && c[1] == 0.' };
    return { source };
  }
  const read = readablesOf(circuit, language).find(({ id }) => id === draft.what);
  if (read === undefined)
    return { problem: 'There are no classical bits. Add a measurement first.' };
  const most = 2 ** Math.min(read.bits.length, 52) - 1;
  const value = Number(draft.value);
  if (draft.value.trim() === '' || !Number.isSafeInteger(value) || value < 0 || value > most) {
    return { problem: `A whole number from 0 to ${most}.` };
  }
  const negated = draft.negated ? { negated: true } : {};
  return { source: conditionSource(circuit, { bits: read.bits, value, ...negated }) };
}

interface ConditionFieldsProps {
  readonly circuit: Circuit;
  readonly language: 2 | 3;
  readonly draft: ConditionDraft;
  readonly onChange: (draft: ConditionDraft) => void;
}

/** Which bits are read and what they must be. */
export function ConditionFields({ circuit, language, draft, onChange }: ConditionFieldsProps) {
  const readables = readablesOf(circuit, language);
  const read = sourceOfDraft(circuit, language, draft);
  const problem = 'problem' in read ? read.problem : null;
  return (
    <>
      <SelectField
        label="What is read"
        value={draft.what}
        options={[
          ...readables.map(({ id, title }) => ({ value: id, title })),
          ...(language === 3 ? [{ value: 'formula', title: 'A formula…' }] : []),
        ]}
        onChange={({ target }) => onChange({ ...draft, what: target.value })}
      />
      {draft.what === 'formula' ? (
        <TextField
          label="Formula"
          className="field-input mono"
          spellCheck={false}
          value={draft.formula}
          error={draft.formula === '' ? null : problem}
          help="Of the program’s bits and variables, e.g. c[0] == 1 && c[1] == 0"
          onChange={({ target }) => onChange({ ...draft, formula: target.value })}
        />
      ) : (
        <div className="field-pair">
          {language === 2 ? null : (
            <SelectField
              label="It must"
              value={draft.negated ? 'differ' : 'be'}
              options={[
                { value: 'be', title: 'be' },
                { value: 'differ', title: 'not be' },
              ]}
              onChange={({ target }) => onChange({ ...draft, negated: target.value === 'differ' })}
            />
          )}
          <TextField
            label="Value"
            type="number"
            min={0}
            step={1}
            value={draft.value}
            error={problem}
            onChange={({ target }) => onChange({ ...draft, value: target.value })}
          />
        </div>
      )}
    </>
  );
}
