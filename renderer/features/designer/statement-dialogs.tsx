import { useState } from 'react';
import { nameOfIndex } from '#shared/circuit/circuit.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { SelectField, TextField } from '#renderer/ui/field.tsx';
import { closeDialog } from './designer-store.ts';
import { durationOf, measureInto, setDuration } from './statement-actions.ts';

interface StatementDialogProps {
  readonly document: OpenDocument;
  readonly index: number;
}

/** Chooses the classical bit that a measurement is read into. */
export function MeasureDialog({ document, index }: StatementDialogProps) {
  const { bitRegisters, qubitRegisters, operations } = document.drawn;
  const operation = operations[index];
  const measured = operation?.kind === 'measure' ? operation : null;
  const place = placeOf(measured?.bit ?? 0);
  const [register, setRegister] = useState(
    measured?.bit === null ? 'none' : String(place.register),
  );
  const [bit, setBit] = useState(String(place.bit));
  const chosen = bitRegisters[Number(register)];
  const number = Number(bit);
  const problem =
    chosen !== undefined && (!/^\d+$/.test(bit.trim()) || number >= chosen.size)
      ? `A whole number from 0 to ${chosen.size - 1}.`
      : null;
  const save = (): void => {
    if (problem !== null) return;
    const before = bitRegisters.slice(0, Number(register)).reduce((sum, { size }) => sum + size, 0);
    if (measureInto(index, chosen === undefined ? null : before + number)) closeDialog();
  };

  function placeOf(flat: number): { readonly register: number; readonly bit: number } {
    let rest = flat;
    for (const [at, { size }] of bitRegisters.entries()) {
      if (rest < size) return { register: at, bit: rest };
      rest -= size;
    }
    return { register: 0, bit: 0 };
  }

  return (
    <Dialog
      title={`Measure ${nameOfIndex(qubitRegisters, measured?.qubit ?? 0)} into`}
      onClose={closeDialog}
      footer={
        <Button tone="primary" disabled={problem !== null} onClick={save}>
          Measure into it
        </Button>
      }
    >
      <form
        className="field-pair"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <SelectField
          label="Register"
          value={register}
          options={[
            ...bitRegisters.map(({ name }, at) => ({ value: String(at), title: name })),
            ...(document.parsed.language === 3 ? [{ value: 'none', title: 'not kept' }] : []),
          ]}
          onChange={({ target }) => {
            setRegister(target.value);
            const size = bitRegisters[Number(target.value)]?.size ?? 1;
            if (number >= size) setBit('0');
          }}
        />
        {chosen === undefined || chosen.size === 1 ? null : (
          <TextField
            label="Bit"
            type="number"
            min={0}
            max={chosen.size - 1}
            step={1}
            value={bit}
            error={problem}
            onFocus={(event) => event.currentTarget.select()}
            onChange={({ target }) => setBit(target.value)}
          />
        )}
        <button type="submit" className="hidden-visually" tabIndex={-1}>
          Apply
        </button>
      </form>
    </Dialog>
  );
}

/** Gives a delay another duration. */
export function DelayDialog({ index }: { readonly index: number }) {
  const [text, setText] = useState(() => durationOf(index) ?? '');
  const save = (): void => {
    if (text.trim() !== '' && setDuration(index, text.trim())) closeDialog();
  };
  return (
    <Dialog
      title="Delay"
      onClose={closeDialog}
      footer={
        <Button tone="primary" disabled={text.trim() === ''} onClick={save}>
          Set the duration
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          label="Duration"
          className="field-input mono"
          spellCheck={false}
          value={text}
          help="A number with ns, us, ms, s or dt, or the name of a duration"
          onFocus={(event) => event.currentTarget.select()}
          onChange={({ target }) => setText(target.value)}
        />
      </form>
    </Dialog>
  );
}
