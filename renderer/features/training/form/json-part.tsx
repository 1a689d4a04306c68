import { lazy, Suspense, useMemo } from 'react';
import { type Place, placeOfPath, readJson } from '#shared/base/json-places.ts';
import { type JobDraft, textFaultOf, textOfDraft, withText } from '#renderer/lib/job-draft.ts';
import { changeDraft, useJobDraft } from '#renderer/lib/job-draft-store.ts';
import type { SpecCheck } from '#renderer/lib/use-spec-check.ts';
import { Skeleton } from '#renderer/ui/states.tsx';
import { FaultsPart } from './faults-part.tsx';

const JsonText = lazy(async () => ({
  default: (await import('#renderer/ui/json-text.tsx')).JsonText,
}));

interface Props {
  readonly draft: JobDraft;
  readonly check: SpecCheck;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** The spec as its JSON: what is typed here stands in the form, and the other way round. */
export function JsonPart({ draft, check }: Props) {
  const text = textOfDraft(draft);
  const reveal = useJobDraft((state) => state.place);
  const fault = textFaultOf(draft);
  const places = useMemo(() => {
    const reading = readJson(text);
    return reading.ok ? reading.places : new Map<string, Place>();
  }, [text]);
  const faults = useMemo(
    () =>
      fault !== null
        ? [fault]
        : Object.entries(check.errors).flatMap(([path, message]) => {
            const place = placeOfPath(places, path);
            return place === null ? [] : [{ ...place, message }];
          }),
    [fault, check.errors, places],
  );
  return (
    <div className="json-part">
      <Suspense fallback={<Skeleton label="Opening the text editor" />}>
        <JsonText
          label="Job spec as JSON"
          text={text}
          onType={(typed) => changeDraft((now) => withText(now, typed))}
          faults={faults}
          reveal={reveal}
        />
      </Suspense>
      {fault === null ? (
        <FaultsPart
          errors={check.errors}
          failure={check.failure}
          lineOf={(path) => lineAt(text, placeOfPath(places, path)?.start ?? 0)}
        />
      ) : (
        <p className="note note-bad" role="alert">
          Line {lineAt(text, fault.start)}: {fault.message} The form shows the spec as it was
          before.
        </p>
      )}
    </div>
  );
}
