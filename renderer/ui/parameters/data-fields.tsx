import { columnsFor, whyNotColumn } from '#shared/data/uses.ts';
import type { DataSet } from '#shared/data/data-set.ts';
import { countOf } from '#renderer/lib/format.ts';
import { whyNotFor, withTable } from '#renderer/lib/job-offer.ts';
import { goTo } from '#renderer/lib/navigation.ts';
import { Button } from '../button.tsx';
import { FieldNote, SelectField, TextField } from '../field.tsx';
import { LeftOut } from '../left-out.tsx';
import { type FieldOf, labelsOf } from './frame.ts';
import { numberNotation } from '../../lib/form-values.ts';

/** The data set that a value of a field names, by its id or its name. */
function setNamed(dataSets: readonly DataSet[], value: unknown): DataSet | undefined {
  return dataSets.find(({ id, name }) => id === value || name === value);
}

/** A data set of the library that has what the fields beside this one need. */
export function TableField(props: FieldOf<'table'>) {
  const { parameter, parameters, values, onValues, value, frame } = props;
  const { dataSets } = frame.offer;
  const reasonOf = (set: DataSet): string | null => whyNotFor(parameter, parameters, set);
  const fitting = dataSets.filter((set) => reasonOf(set) === null);
  const chosen = setNamed(dataSets, value);
  const shown = typeof value === 'string' ? (chosen?.id ?? value) : '';
  const isOffered = fitting.some(({ id }) => id === shown);
  const said = chosen === undefined ? '' : `${countOf(chosen.rows, 'row')}. ${chosen.origin}`;
  return (
    <>
      <SelectField
        {...labelsOf(props)}
        help={said === '' ? parameter.help : said}
        options={[
          ...(isOffered ? [] : [{ value: shown, title: shown === '' ? 'Choose one' : shown }]),
          ...fitting.map(({ id, name }) => ({ value: id, title: name })),
        ]}
        value={shown}
        onChange={(event) => {
          const next = setNamed(dataSets, event.target.value);
          if (next !== undefined) onValues(withTable(values, parameter.id, parameters, next));
        }}
      />
      {fitting.length > 0 ? null : (
        <p className="note">
          No data set of the library fits. <Button onClick={() => goTo('data')}>Import one</Button>
        </p>
      )}
      <LeftOut dataSets={dataSets} reasonOf={reasonOf} />
    </>
  );
}

/** The table that a field takes its columns or rows from. */
function tableOf({ parameter, values, frame }: FieldOf<'column' | 'columns' | 'rows'>) {
  return setNamed(frame.offer.dataSets, values[parameter.table]);
}

/** What other fields take from the same table: a column is not learned from itself. */
function takenBeside({ parameter, parameters, values }: FieldOf<'columns'>): ReadonlySet<unknown> {
  return new Set(
    parameters.flatMap((one) =>
      one.kind === 'column' && one.table === parameter.table ? [values[one.id]] : [],
    ),
  );
}

export function ColumnField(props: FieldOf<'column'>) {
  const { parameter, value, onChange } = props;
  const table = tableOf(props);
  const names = table === undefined ? [] : columnsFor(parameter.holds, table);
  const shown = typeof value === 'string' ? value : '';
  const options = names.includes(shown) ? names : [shown, ...names];
  return (
    <SelectField
      {...labelsOf(props)}
      options={options.map((name) => ({ value: name, title: name === '' ? 'Choose one' : name }))}
      value={shown}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    />
  );
}

export function ColumnsField(props: FieldOf<'columns'>) {
  const { parameter, value, onChange, path } = props;
  const { label, help, error } = labelsOf(props);
  const table = tableOf(props);
  const taken = takenBeside(props);
  const fitting = table === undefined ? [] : columnsFor(parameter.holds, table);
  const chosen: readonly unknown[] = Array.isArray(value) ? value : [];
  const strangers = chosen.filter((name) => typeof name === 'string' && !fitting.includes(name));
  // What came with a spec and is no such column can be seen and taken away.
  const names = [...fitting.filter((name) => !taken.has(name)), ...strangers] as string[];
  const left = (table?.columns ?? []).flatMap((column) => {
    const reason = whyNotColumn(parameter.holds, column);
    return reason === null ? [] : [`“${column.name}” ${reason}`];
  });
  const set = (next: readonly unknown[]): void => onChange(next.length === 0 ? undefined : next);
  const toggle = (name: string): void =>
    set(names.filter((other) => (other === name) !== chosen.includes(other)));
  return (
    <fieldset className="parameter-group" data-path={path}>
      <legend>
        {label} (
        {chosen.length === 0 ? `all ${names.length}` : `${chosen.length} of ${names.length}`})
      </legend>
      <div className="asset-list" role="group" aria-label={label}>
        {names.map((name) => (
          <label key={name} className="asset" title={name}>
            <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} />
            <span>{name}</span>
          </label>
        ))}
      </div>
      <div className="row">
        <Button tone="quiet" onClick={() => set(names)}>
          Choose all
        </Button>
        <Button tone="quiet" onClick={() => set([])}>
          Choose none
        </Button>
      </div>
      <FieldNote error={error} help={help} />
      {left.length === 0 ? null : <p className="field-help">Not offered: {left.join('; ')}.</p>}
    </fieldset>
  );
}

/** First and last row. An empty field stands for the table's own end. */
export function RowsField(props: FieldOf<'rows'>) {
  const { parameter, value, onChange, path } = props;
  const { help, error } = labelsOf(props);
  const lastRow = Math.max(0, (tableOf(props)?.rows ?? 1) - 1);
  const [first, last] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const change = (index: 0 | 1, text: string): void => {
    const pair = [first, last].with(index, numberNotation.parse(text));
    if (pair.every((one) => one === undefined)) return onChange(undefined);
    onChange([pair[0] ?? 0, pair[1] ?? lastRow]);
  };
  return (
    <fieldset className="parameter-group" data-path={path}>
      <legend>{parameter.title}</legend>
      <div className="field-pair">
        <TextField
          label="First row"
          inputMode="numeric"
          placeholder="0"
          value={numberNotation.print(first)}
          onChange={(event) => change(0, event.target.value)}
        />
        <TextField
          label="Last row"
          inputMode="numeric"
          placeholder={String(lastRow)}
          value={numberNotation.print(last)}
          onChange={(event) => change(1, event.target.value)}
        />
      </div>
      <FieldNote error={error} help={help} />
    </fieldset>
  );
}
