import { isObject, withPart, withProblemKind } from '#renderer/lib/job-draft.ts';
import { changeDraft } from '#renderer/lib/job-draft-store.ts';
import { entryOf, startOf } from '#renderer/lib/job-offer.ts';
import { Button } from '#renderer/ui/button.tsx';
import { ProblemFields } from '#renderer/ui/problem-fields.tsx';
import type { PartProps } from './part.ts';

/** The kind of problem and its fields. */
export function ProblemPart({ draft, frame }: PartProps) {
  const { offer } = frame;
  const problem = isObject(draft.spec['problem']) ? draft.spec['problem'] : {};
  const kind = entryOf(offer, 'problem', problem['kind']);
  return (
    <section className="card stack" aria-label="Problem">
      <header className="part-head">
        <h3>Problem</h3>
        {kind === undefined ? null : (
          <Button
            tone="quiet"
            onClick={() => {
              const example = { kind: kind.id, ...startOf(kind, offer) };
              changeDraft((now) => withPart(now, 'problem', example));
            }}
          >
            Fill in the example
          </Button>
        )}
      </header>
      <ProblemFields
        problem={problem}
        frame={frame}
        onKind={(id) => changeDraft((now) => withProblemKind(now, id, offer))}
        onChange={(values) => changeDraft((now) => withPart(now, 'problem', values))}
      />
    </section>
  );
}
