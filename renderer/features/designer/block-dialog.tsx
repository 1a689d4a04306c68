import { useState } from 'react';
import { countOf } from '#renderer/lib/format.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { ConditionFields, sourceOfDraft, usualDraft } from './condition-fields.tsx';
import { type BlockKind, closeDialog } from './designer-store.ts';
import { conditionInHand, enclose, makeConditional, removeCondition } from './statement-actions.ts';

interface BlockDialogProps {
  readonly document: OpenDocument;
  readonly indices: readonly number[];
  readonly block: BlockKind;
}

const titles: Readonly<Record<BlockKind, string>> = {
  if: 'If',
  for: 'For',
  while: 'While',
  box: 'Box',
};
const kinds = ['if', 'for', 'while', 'box'] as const;

/** Asks for the condition, loop or box around what is in hand. */
export function BlockDialog({ document, indices, block }: BlockDialogProps) {
  const { language } = document.parsed;
  const circuit = document.drawn;
  const [has] = useState(() => (block === 'if' ? conditionInHand(indices) : null));
  const [kind, setKind] = useState<BlockKind>(block);
  const [draft, setDraft] = useState(() => usualDraft(circuit, language, has?.source ?? null));
  const [rounds, setRounds] = useState('2');
  const [name, setName] = useState('i');
  const [duration, setDuration] = useState('');
  const head = headOf();
  const isReady = !('problem' in head);
  const save = (): void => {
    if ('problem' in head) return;
    const done =
      kind === 'if' ? makeConditional(indices, head.source) : enclose(indices, head.source);
    if (done) closeDialog();
  };

  function headOf(): { readonly source: string } | { readonly problem: string } {
    const condition = sourceOfDraft(circuit, language, draft);
    switch (kind) {
      case 'if':
        return condition;
      case 'while':
        return 'problem' in condition ? condition : { source: `while (${condition.source})` };
      case 'for': {
        const count = Number(rounds);
        if (!Number.isSafeInteger(count) || count < 1) return { problem: 'A whole number from 1.' };
        if (!/^[A-Za-z_]\w*$/.test(name)) return { problem: 'A name of letters, digits and _.' };
        return { source: `for int ${name} in [0:${count - 1}]` };
      }
      case 'box':
        return { source: duration.trim() === '' ? 'box' : `box[${duration.trim()}]` };
    }
  }

  const what = countOf(indices.length, 'operation');
  return (
    <Dialog
      title={has === null ? `A block around ${what}` : 'The condition of this statement'}
      onClose={closeDialog}
      footer={
        <>
          {has === null ? null : (
            <Button onClick={() => removeCondition(indices) && closeDialog()}>
              Take the condition away
            </Button>
          )}
          <Button tone="primary" disabled={!isReady} onClick={save}>
            {has === null ? 'Make the block' : 'Change'}
          </Button>
        </>
      }
    >
      <form
        className="block-form"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {has === null && language === 3 ? (
          <Segmented
            label="Kind of the block"
            value={kind}
            options={kinds.map((value) => ({ value, title: titles[value] }))}
            onChange={setKind}
          />
        ) : null}
        {kind === 'if' || kind === 'while' ? (
          <ConditionFields
            circuit={circuit}
            language={language}
            draft={draft}
            onChange={setDraft}
          />
        ) : null}
        {kind === 'for' ? (
          <div className="field-pair">
            <TextField
              label="Rounds"
              type="number"
              min={1}
              step={1}
              value={rounds}
              error={'problem' in head && !/^[1-9]\d*$/.test(rounds) ? head.problem : null}
              onChange={({ target }) => setRounds(target.value)}
            />
            <TextField
              label="Counts in"
              className="field-input mono"
              value={name}
              error={'problem' in head && /^[1-9]\d*$/.test(rounds) ? head.problem : null}
              onChange={({ target }) => setName(target.value)}
            />
          </div>
        ) : null}
        {kind === 'box' ? (
          <TextField
            label="Duration"
            className="field-input mono"
            value={duration}
            help="Such as 300ns; empty for as long as its gates take"
            onChange={({ target }) => setDuration(target.value)}
          />
        ) : null}
        <button type="submit" className="hidden-visually" tabIndex={-1}>
          Apply
        </button>
      </form>
      {isReady ? (
        <p className="field-help mono" data-testid="block-head">
          {kind === 'if' ? `if (${head.source})` : head.source}
        </p>
      ) : null}
    </Dialog>
  );
}
