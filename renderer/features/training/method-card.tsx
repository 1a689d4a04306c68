import type { CatalogEntry } from '#shared/catalog/parameter.ts';
import { errorsBelow } from '#renderer/lib/errors-by-path.ts';
import { SelectField } from '#renderer/ui/field.tsx';
import { ParameterForm } from '#renderer/ui/parameter-form.tsx';
import { withAlgorithm } from './job-form.ts';
import { algorithmsFor, type JobForm } from './spec.ts';

interface Props {
  readonly form: JobForm;
  readonly onChange: (form: JobForm) => void;
  readonly catalog: readonly CatalogEntry[];
  /** Messages by path in the spec. */
  readonly errors: Readonly<Record<string, string>>;
}

/** The algorithm and its settings, as the catalog describes them. */
export function MethodCard({ form, onChange, catalog, errors }: Props) {
  const algorithms = algorithmsFor(catalog, form.task);
  const algorithm = algorithms.find((entry) => entry.id === form.algorithm);
  return (
    <section className="card stack" aria-label="Method">
      <h3>Method</h3>
      <SelectField
        label="Algorithm"
        help={algorithm?.summary}
        error={errors['algorithm']}
        value={form.algorithm}
        disabled={algorithms.length === 0}
        options={algorithms.map(({ id, title }) => ({ value: id, title }))}
        onChange={(event) => onChange(withAlgorithm(form, event.target.value, catalog))}
      />
      {algorithm === undefined ? null : (
        <ParameterForm
          parameters={algorithm.parameters}
          values={form.settings}
          catalog={catalog}
          errors={errorsBelow(errors, 'settings')}
          onChange={(settings) => onChange({ ...form, settings })}
        />
      )}
    </section>
  );
}
