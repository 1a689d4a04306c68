import type { DataSet } from '#shared/ipc/library.ts';
import { countOf } from '#renderer/lib/format.ts';
import {
  assetsIn,
  columnsLeftOut,
  noPricesReason,
  type PortfolioForm,
  portfolioOn,
  priceSetsIn,
} from '#renderer/lib/portfolio-form.ts';
import { LeftOut } from './left-out.tsx';
import { SelectField, TextField } from './field.tsx';

interface Props {
  readonly form: PortfolioForm;
  readonly onChange: (form: PortfolioForm) => void;
  readonly dataSets: readonly DataSet[];
  /** Messages by field of the problem. */
  readonly errors: Readonly<Record<string, string>>;
}

/** The fields of a portfolio problem: prices, assets, how many to hold, how much risk costs. */
export function PortfolioFields({ form, onChange, dataSets, errors }: Props) {
  const sets = priceSetsIn(dataSets);
  const dataSet = sets.find((set) => set.id === form.prices);
  const columns = dataSet === undefined ? [] : columnsLeftOut(dataSet);
  const assets = dataSet === undefined ? [] : assetsIn(dataSet);
  const toggle = (asset: string): void => {
    const chosen = form.assets.includes(asset)
      ? form.assets.filter((other) => other !== asset)
      : assets.filter((other) => other === asset || form.assets.includes(other));
    onChange({ ...form, assets: chosen });
  };
  return (
    <>
      <SelectField
        label="Prices"
        help={
          dataSet === undefined ? undefined : `${countOf(dataSet.rows, 'row')}. ${dataSet.origin}`
        }
        error={errors['prices']}
        options={sets.map((set) => ({ value: set.id, title: set.name }))}
        value={form.prices}
        onChange={(event) => {
          const next = sets.find((set) => set.id === event.target.value);
          if (next !== undefined) onChange(portfolioOn(next, form));
        }}
      />
      <LeftOut dataSets={dataSets} reasonOf={noPricesReason} />
      <fieldset className="parameter-group">
        <legend>
          Assets ({form.assets.length} of {assets.length}; one qubit each)
        </legend>
        <div className="asset-list">
          {assets.map((asset) => (
            <label key={asset} className="asset">
              <input
                type="checkbox"
                checked={form.assets.includes(asset)}
                onChange={() => toggle(asset)}
              />
              <span>{asset}</span>
            </label>
          ))}
        </div>
        {columns.length === 0 ? null : (
          <p className="field-help">Not offered: {columns.join('; ')}.</p>
        )}
        {errors['assets'] === undefined ? null : (
          <span className="field-error" role="alert">
            {errors['assets']}
          </span>
        )}
      </fieldset>
      <div className="field-pair">
        <TextField
          label="Assets to hold"
          inputMode="numeric"
          error={errors['budget']}
          value={form.budget}
          onChange={(event) => onChange({ ...form, budget: event.target.value })}
        />
        <TextField
          label="Risk aversion"
          inputMode="decimal"
          error={errors['riskAversion']}
          value={form.riskAversion}
          onChange={(event) => onChange({ ...form, riskAversion: event.target.value })}
        />
      </div>
      <div className="field-pair">
        <TextField
          label="First row"
          inputMode="numeric"
          placeholder="0"
          error={errors['rows']}
          value={form.firstRow}
          onChange={(event) => onChange({ ...form, firstRow: event.target.value })}
        />
        <TextField
          label="Last row"
          inputMode="numeric"
          placeholder={dataSet === undefined ? '' : String(dataSet.rows - 1)}
          value={form.lastRow}
          onChange={(event) => onChange({ ...form, lastRow: event.target.value })}
        />
      </div>
    </>
  );
}
