import type { DataSet } from '#shared/ipc/library.ts';
import { countOf } from '#renderer/lib/format.ts';
import { SelectField, TextField } from '#renderer/ui/field.tsx';
import { LeftOut } from '#renderer/ui/left-out.tsx';
import {
  featuresIn,
  type LearningForm,
  learningOn,
  learningSetsIn,
  noClassesReason,
  targetsIn,
} from './spec.ts';

interface Props {
  readonly form: LearningForm;
  readonly onChange: (form: LearningForm) => void;
  readonly dataSets: readonly DataSet[];
  readonly errors: Readonly<Record<string, string>>;
}

/** The fields of a classification: data, what to learn, from which columns, how it is split. */
export function LearningFields({ form, onChange, dataSets, errors }: Props) {
  const sets = learningSetsIn(dataSets);
  const dataSet = sets.find((set) => set.id === form.data);
  if (dataSet === undefined) return null;
  const toggle = (name: string): void => {
    const features = form.features.includes(name)
      ? form.features.filter((other) => other !== name)
      : [...form.features, name];
    onChange({ ...form, features });
  };
  return (
    <>
      <SelectField
        label="Data set"
        help={`${countOf(dataSet.rows, 'row')}. ${dataSet.origin}`}
        error={errors['data']}
        options={sets.map((set) => ({ value: set.id, title: set.name }))}
        value={form.data}
        onChange={(event) => {
          const next = sets.find((set) => set.id === event.target.value);
          if (next !== undefined) onChange(learningOn(next));
        }}
      />
      <LeftOut dataSets={dataSets} reasonOf={noClassesReason} />
      <SelectField
        label="Class to learn"
        error={errors['target']}
        options={targetsIn(dataSet).map((name) => ({ value: name, title: name }))}
        value={form.target}
        onChange={(event) => {
          const target = event.target.value;
          const features = form.features.filter((name) => name !== target);
          onChange({ ...form, target, features });
        }}
      />
      <fieldset className="parameter-group">
        <legend>Features ({form.features.length}; one qubit each)</legend>
        <div className="asset-list asset-list-wide">
          {featuresIn(dataSet, form.target).map((name) => (
            <label key={name} className="asset" title={name}>
              <input
                type="checkbox"
                checked={form.features.includes(name)}
                onChange={() => toggle(name)}
              />
              <span>{name}</span>
            </label>
          ))}
        </div>
        {errors['features'] === undefined ? null : (
          <span className="field-error" role="alert">
            {errors['features']}
          </span>
        )}
      </fieldset>
      <div className="field-pair">
        <TextField
          label="Folds"
          inputMode="numeric"
          error={errors['split.folds']}
          value={form.folds}
          onChange={(event) => onChange({ ...form, folds: event.target.value })}
        />
        <TextField
          label="Rows used"
          inputMode="numeric"
          placeholder={`all ${dataSet.rows}`}
          error={errors['sampleSize']}
          value={form.sampleSize}
          onChange={(event) => onChange({ ...form, sampleSize: event.target.value })}
        />
      </div>
    </>
  );
}
