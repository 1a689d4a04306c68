import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { uses } from '#shared/circuit/edit-parameters.ts';
import { readNumber } from '#renderer/lib/angle.ts';
import { formatNumber } from '#renderer/lib/format.ts';
import type { ParameterSetting } from '#renderer/lib/workspace/beside.ts';
import { isStale, type OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { type NamedParameter, parametersOf } from '#renderer/lib/workspace/parameters.ts';
import { changeParameter } from '#renderer/lib/workspace/workspace-store.ts';
import { IconButton } from '#renderer/ui/button.tsx';
import { focusGrid } from './designer-store.ts';
import { addParameter, removeParameter, renameParameter } from './parameter-actions.ts';

/** The circuit's named parameters: a slider each, whose moves the views follow. */
export function ParameterStrip({ document }: { document: OpenDocument }) {
  const parameters = parametersOf(document);
  if (parameters.length === 0) return null;
  return (
    <section
      className="parameter-strip"
      aria-label="Parameters"
      onKeyDown={(event) => {
        if (event.key === 'Escape') focusGrid();
      }}
    >
      <div className="parameter-rows">
        <div className="parameter-row parameter-head" aria-hidden>
          <span>Parameter</span>
          <span />
          <span>Value</span>
          <span>From</span>
          <span>To</span>
          <span>Step</span>
        </div>
        {parameters.map((parameter) => (
          <Row key={parameter.name} document={document} parameter={parameter} />
        ))}
      </div>
      <IconButton label="Add a parameter" onClick={addParameter}>
        <Plus size={14} />
      </IconButton>
    </section>
  );
}

interface RowProps {
  readonly document: OpenDocument;
  readonly parameter: NamedParameter;
}

function Row({ document, parameter }: RowProps) {
  const { name, type, setting } = parameter;
  const isUsed = document.drawn.operations.some((operation) => uses(operation, name));
  const set = (change: Partial<ParameterSetting>): void =>
    changeParameter(document.key, name, { ...setting, ...change });
  return (
    <div className="parameter-row" role="group" aria-label={name} title={`${name}: ${type}`}>
      <Field
        label={`Name of ${name}`}
        text={name}
        className="parameter-name"
        isReadOnly={isStale(document)}
        check={() => null}
        save={(text) => renameParameter(document.key, name, text)}
      />
      <Slider parameter={parameter} set={(value) => set({ value })} />
      <Field
        label={`Value of ${name}`}
        text={setting.value}
        className="parameter-value"
        check={problemOf}
        save={(value) => set({ value })}
      />
      {(['min', 'max', 'step'] as const).map((which) => (
        <Field
          key={which}
          label={`${titles[which]} of ${name}`}
          text={setting[which]}
          className="parameter-bound"
          check={problemOf}
          save={(text) => set({ [which]: text })}
        />
      ))}
      <IconButton
        label={`Remove ${name}`}
        title={isUsed ? `A gate uses ${name}.` : `Remove ${name}`}
        disabled={isUsed || isStale(document)}
        onClick={() => removeParameter(name)}
      >
        <X size={13} />
      </IconButton>
    </div>
  );
}

const titles = { min: 'Minimum', max: 'Maximum', step: 'Step' } as const;

function problemOf(text: string): string | null {
  const read = readNumber(text);
  return read.ok ? null : read.error;
}

function numberIn(text: string, otherwise: number): number {
  const read = readNumber(text);
  return read.ok ? read.value : otherwise;
}

function Slider({
  parameter: { name, setting, value, isWhole },
  set,
}: {
  readonly parameter: NamedParameter;
  readonly set: (value: string) => void;
}) {
  const min = numberIn(setting.min, 0);
  const max = Math.max(min, numberIn(setting.max, 1));
  const step = numberIn(setting.step, 0);
  return (
    <input
      type="range"
      data-parameter={name}
      aria-label={name}
      aria-valuetext={value === null ? 'no value' : `${formatNumber(value)} (${setting.value})`}
      min={min}
      max={max}
      step={isWhole ? Math.max(1, Math.round(step)) : step > 0 ? step : 'any'}
      value={value ?? min}
      onChange={({ target }) => set(String(Number(Number(target.value).toPrecision(6))))}
    />
  );
}

interface FieldProps {
  readonly label: string;
  readonly text: string;
  readonly className: string;
  readonly isReadOnly?: boolean;
  /** What is wrong with a text; null = nothing. */
  readonly check: (text: string) => string | null;
  readonly save: (text: string) => void;
}

/** A small field whose text counts once Enter is pressed or the field is left. */
function Field({ label, text, className, isReadOnly = false, check, save }: FieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const id = useId();
  const problem = typed === null ? null : check(typed);
  const finish = (): void => {
    if (typed !== null && problem === null && typed.trim() !== text) save(typed.trim());
    setTyped(null);
  };
  return (
    <>
      <input
        className={`field-input mono ${className}`}
        aria-label={label}
        aria-invalid={problem === null ? undefined : true}
        aria-describedby={problem === null ? undefined : id}
        title={problem ?? label}
        spellCheck={false}
        readOnly={isReadOnly}
        value={typed ?? text}
        onChange={({ target }) => setTyped(target.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === 'Enter') finish();
          else if (event.key === 'Escape') setTyped(null);
        }}
      />
      {problem === null ? null : (
        <span id={id} role="alert" className="hidden-visually">
          {problem}
        </span>
      )}
    </>
  );
}
