import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { isObject, withPart } from '#renderer/lib/job-draft.ts';
import { changeDraft } from '#renderer/lib/job-draft-store.ts';
import { entriesOf, entryOf } from '#renderer/lib/job-offer.ts';
import { IconButton } from '#renderer/ui/button.tsx';
import { FieldNote, SelectField } from '#renderer/ui/field.tsx';
import { ParameterForm } from '#renderer/ui/parameters/parameter-form.tsx';
import type { PartProps } from './part.ts';

/** Techniques in their order, the first one nearest to the backend. */
export function MitigationPart({ draft, frame }: PartProps) {
  const { offer, errors } = frame;
  const value = draft.spec['mitigation'];
  const stack: readonly unknown[] = Array.isArray(value) ? value : [];
  const change = (next: readonly unknown[]): void =>
    changeDraft((now) => withPart(now, 'mitigation', next.length === 0 ? undefined : next));
  const move = (k: number, to: number): void => {
    change(stack.with(k, stack[to]).with(to, stack[k]));
  };
  return (
    <section className="card stack" aria-label="Error mitigation" data-path="mitigation">
      <h3>Error mitigation</h3>
      <FieldNote error={errors['mitigation']} />
      {stack.map((one, k) => {
        const { technique: id, ...values } = isObject(one) ? one : {};
        const path = `mitigation[${k}]`;
        const technique = entryOf(offer, 'mitigation', id);
        const title = technique?.title ?? String(id);
        return (
          <div key={k} className="part-entry" role="group" aria-label={title} data-path={path}>
            <header className="part-head">
              <strong>
                {k + 1}. {title}
              </strong>
              <span className="row">
                <IconButton
                  label={`Move ${title} up`}
                  disabled={k === 0}
                  onClick={() => move(k, k - 1)}
                >
                  <ArrowUp size={14} />
                </IconButton>
                <IconButton
                  label={`Move ${title} down`}
                  disabled={k === stack.length - 1}
                  onClick={() => move(k, k + 1)}
                >
                  <ArrowDown size={14} />
                </IconButton>
                <IconButton label={`Remove ${title}`} onClick={() => change(stack.toSpliced(k, 1))}>
                  <Trash2 size={14} />
                </IconButton>
              </span>
            </header>
            <FieldNote
              error={errors[`${path}.technique`] ?? errors[path]}
              help={technique?.summary}
            />
            <ParameterForm
              parameters={technique?.parameters ?? []}
              values={values}
              frame={frame}
              path={path}
              onChange={(next) => change(stack.with(k, { technique: id, ...next }))}
            />
          </div>
        );
      })}
      <SelectField
        label="Add a technique"
        help={
          stack.length === 0
            ? 'None is used. The first one works first, nearest to the backend.'
            : undefined
        }
        options={[
          { value: '', title: 'Choose one' },
          ...entriesOf(offer, 'mitigation').map((entry) => ({
            value: entry.id,
            title: entry.title,
          })),
        ]}
        value=""
        onChange={({ target: { value: technique } }) => change([...stack, { technique }])}
      />
    </section>
  );
}
