import { useState } from 'react';
import { type Expression, printExpression } from '#shared/circuit/expression.ts';
import { asAppError } from '#shared/base/errors.ts';
import { editCircuit, type OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { changeCircuit } from '#renderer/lib/workspace/workspace-store.ts';
import { readAngle } from '#renderer/lib/angle.ts';
import { focusGrid, layoutFor, useDesigner } from './designer-store.ts';
import { registryGateOf } from './gate-drawing.ts';
import { nameOfOperation } from './labels.ts';
import { columnCentre, rowCentre } from './layout.ts';
import { planParameters } from './planning.ts';
import { toScreen } from './viewport.ts';

/** The fields in which a gate's angles are typed, right under the gate. */
export function ParameterEditor({ document }: { document: OpenDocument }) {
  const editing = useDesigner((state) => state.editing);
  const operation = editing === null ? undefined : document.drawn.operations[editing];
  if (editing === null || operation?.kind !== 'gate' || operation.parameters.length === 0) {
    return null;
  }
  return (
    <Fields
      key={`${document.key} ${editing}`}
      document={document}
      index={editing}
      parameters={operation.parameters}
    />
  );
}

/** CSS pixels of one field with its name, and of the whole editor. */
const fieldHeight = 54;
const fieldsWidth = 190;

interface FieldsProps {
  readonly document: OpenDocument;
  readonly index: number;
  readonly parameters: readonly Expression[];
}

function Fields({ document, index, parameters }: FieldsProps) {
  const viewport = useDesigner((state) => state.viewport);
  const size = useDesigner((state) => state.size);
  const [texts, setTexts] = useState(() => parameters.map((value) => printExpression(value)));
  const operation = document.drawn.operations[index];
  const glyph = layoutFor(document.drawn).glyphs[index];
  if (operation?.kind !== 'gate' || glyph === undefined) return null;
  const [refusal, setRefusal] = useState<string | null>(null);
  const known = new Set(document.drawn.parameters.map(({ name }) => name));
  const read = texts.map((text) => readAngle(text, known));
  const names = namesOf(document, index, parameters.length);
  const close = (): void => {
    useDesigner.setState({ editing: null });
    focusGrid();
  };
  const save = (): void => {
    // Focus leaves the form once more when it closes.
    if (useDesigner.getState().editing !== index) return;
    const values = read.flatMap((result) => (result.ok ? result.value : []));
    if (values.length !== read.length) return;
    const plan = planParameters(document.drawn, index, values);
    const label = `Parameters of ${nameOfOperation(document.drawn, operation)} changed.`;
    const problem =
      plan === null ? null : refusalOf(() => editCircuit(document, plan.edits, label, 0));
    setRefusal(problem);
    if (problem !== null || plan === null) return;
    changeCircuit(plan.edits, label, plan.selection);
    close();
  };
  const layout = layoutFor(document.drawn);
  const centre = columnCentre(layout, glyph.column);
  const height = 20 + fieldHeight * names.length;
  const below = toScreen(viewport, { x: centre, y: rowCentre(glyph.bottom) + 22 });
  const beside = toScreen(viewport, {
    x: centre + glyph.width / 2 + 10,
    y: rowCentre(glyph.top) - 16,
  });
  const fitsBelow = below.y + height <= size.height;
  const at = fitsBelow ? { x: below.x - fieldsWidth / 2, y: below.y } : beside;
  const left = Math.min(Math.max(at.x, 8), Math.max(8, size.width - fieldsWidth - 8));
  const top = Math.max(8, Math.min(at.y, size.height - height));
  return (
    <form
      className="parameter-editor"
      style={{ left, top }}
      aria-label={`Parameters of ${nameOfOperation(document.drawn, operation)}`}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
      onBlur={(event) => {
        // What cannot be taken stays until it is mended or Escape is pressed.
        if (!event.currentTarget.contains(event.relatedTarget)) save();
      }}
    >
      {names.map((name, position) => {
        const result = read[position];
        const wrong = result !== undefined && !result.ok;
        return (
          <label key={name}>
            <span>{name}</span>
            <input
              className="field-input mono"
              // The field appears because its gate was asked to be edited.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus={position === 0}
              onFocus={(event) => event.currentTarget.select()}
              spellCheck={false}
              value={texts[position] ?? ''}
              aria-invalid={wrong || undefined}
              title={wrong ? result.error : undefined}
              onChange={(event) => {
                const next = texts.slice();
                next[position] = event.target.value;
                setTexts(next);
                setRefusal(null);
              }}
            />
            {wrong ? <span className="field-error">{result.error}</span> : null}
          </label>
        );
      })}
      {refusal === null ? null : (
        <span className="field-error" role="alert">
          {refusal}
        </span>
      )}
      <button type="submit" className="hidden-visually">
        Apply
      </button>
    </form>
  );
}

/** Why an edit cannot be made; null = it can. */
function refusalOf(edit: () => unknown): string | null {
  try {
    edit();
    return null;
  } catch (thrown) {
    return asAppError(thrown).message;
  }
}

function namesOf(document: OpenDocument, index: number, count: number): readonly string[] {
  const operation = document.drawn.operations[index];
  const gate = operation?.kind === 'gate' ? registryGateOf(document.drawn, operation) : null;
  return Array.from({ length: count }, (_, i) => gate?.parameterNames[i] ?? `parameter ${i + 1}`);
}
