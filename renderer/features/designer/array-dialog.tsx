import { useState } from 'react';
import { countOf } from '#renderer/lib/format.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { makeArray } from './copy-actions.ts';
import { closeDialog } from './designer-store.ts';
import { planArray } from './plan-copies.ts';

interface ArrayDialogProps {
  readonly document: OpenDocument;
  readonly indices: readonly number[];
}

/** Asks how often the selection stands across wires and columns. */
export function ArrayDialog({ document, indices }: ArrayDialogProps) {
  // What has no room for a second copy below goes to the right.
  const [hasRoom] = useState(
    () => !('refusal' in planArray(document.drawn, indices, { wires: 1, columns: 0 })),
  );
  const [wires, setWires] = useState(hasRoom ? '2' : '1');
  const [columns, setColumns] = useState(hasRoom ? '1' : '2');
  const shape = { wires: timesIn(wires), columns: timesIn(columns) };
  const isValid = shape.wires !== null && shape.columns !== null;
  const further = { wires: (shape.wires ?? 1) - 1, columns: (shape.columns ?? 1) - 1 };
  const plan = isValid ? planArray(document.drawn, indices, further) : null;
  const refusal = plan !== null && 'refusal' in plan ? plan.refusal : null;
  const total = (shape.wires ?? 1) * (shape.columns ?? 1) * indices.length;
  const isReady = isValid && refusal === null && total > indices.length;
  const make = (): void => {
    if (isReady && makeArray(indices, further)) closeDialog();
  };
  return (
    <Dialog
      title={`Replicate ${countOf(indices.length, 'operation')}`}
      onClose={closeDialog}
      footer={
        <Button tone="primary" disabled={!isReady} onClick={make}>
          Replicate
        </Button>
      }
    >
      <form
        className="field-pair"
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
      >
        <Count label="Times across wires" text={wires} onChange={setWires} />
        <Count label="Times across columns" text={columns} onChange={setColumns} />
        <button type="submit" className="hidden-visually">
          Replicate
        </button>
      </form>
      <p role="status" className={refusal === null ? 'field-help' : 'field-error'}>
        {refusal ?? `Makes ${countOf(total, 'operation')} of ${indices.length}.`}
      </p>
    </Dialog>
  );
}

interface CountProps {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

function Count({ label, text, onChange }: CountProps) {
  return (
    <TextField
      label={label}
      type="number"
      min={1}
      step={1}
      value={text}
      error={timesIn(text) === null ? 'A whole number from 1.' : null}
      onFocus={(event) => event.currentTarget.select()}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

function timesIn(text: string): number | null {
  const value = Number(text);
  return Number.isInteger(value) && value >= 1 && value <= 10_000 ? value : null;
}
