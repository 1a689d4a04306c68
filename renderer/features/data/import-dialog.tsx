import { useId, useMemo, useState } from 'react';
import { asAppError } from '#shared/base/errors.ts';
import type { DataPreview } from '#shared/data/data-set.ts';
import { whyNot } from '#shared/data/uses.ts';
import { client } from '#renderer/lib/client.ts';
import { notify } from '#renderer/lib/notices.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { type DataFile, noCorrections, readingOf, textOfFile } from './data-file.ts';
import { PreviewTable } from './preview-table.tsx';
import { ReadingFields, understoodSentences } from './reading-fields.tsx';
import { usePreview } from './use-preview.ts';

interface Props {
  readonly draft: DataFile;
  readonly onClose: () => void;
  readonly onImported: (id: string) => void;
}

/** Shows how a CSV file is understood, and lets that be corrected, before it is taken into the library. */
export function ImportDialog({ draft, onClose, onImported }: Props) {
  const [name, setName] = useState(draft.name.replace(/\.(csv|tsv|txt)$/i, ''));
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [corrections, setCorrections] = useState(noCorrections);
  const { encoding: wanted } = corrections;
  const file = useMemo(
    () => textOfFile(draft, { ...noCorrections, encoding: wanted }),
    [draft, wanted],
  );
  const reading = file === null ? undefined : readingOf(corrections, file.encoding);
  const preview = usePreview(file?.text ?? null, reading);
  const importIt = async (): Promise<void> => {
    if (file === null) return;
    setBusy(true);
    try {
      const said = reading === undefined ? {} : { reading };
      const sent = { name: name.trim(), text: file.text, ...said };
      const set = await client().request('data.import', sent);
      notify('info', `“${set.name}” is in the library now.`);
      onImported(set.id);
      onClose();
    } catch (thrown) {
      setFailure(asAppError(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  const { data } = preview;
  const isReady =
    data !== null && !preview.isLoading && preview.error === null && data.problems.length === 0;
  return (
    <Dialog
      title="Import a data set"
      wide
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="primary"
            disabled={!isReady || isBusy || name.trim() === ''}
            onClick={() => void importIt()}
          >
            Import
          </Button>
        </>
      }
    >
      <div className="import-body">
        <TextField
          label="Name"
          value={name}
          maxLength={200}
          error={failure}
          onChange={(event) => setName(event.target.value)}
        />
        {file === null ? (
          <p className="note note-bad" role="alert">
            “{draft.name}” is no table of text: it holds zero bytes. Save it as CSV and choose it
            again.
          </p>
        ) : preview.error !== null ? (
          <ErrorState error={preview.error} onRetry={preview.reload} />
        ) : data === null ? (
          <Skeleton lines={8} label="Reading the file" />
        ) : (
          <>
            <ReadingFields
              preview={data}
              encoding={file.encoding}
              corrections={corrections}
              onChange={setCorrections}
            />
            <Findings preview={data} isLoading={preview.isLoading} />
            <div className="import-preview">
              <PreviewTable preview={data} />
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}

/** Faults that keep the file out, else what was understood and what it can be used for. */
function Findings({ preview, isLoading }: { preview: DataPreview; isLoading: boolean }) {
  const id = useId();
  const { problems, columns, totalRows, notes } = preview;
  if (problems.length > 0) {
    return (
      <div className="note note-bad problem-list" role="region" aria-labelledby={id} tabIndex={0}>
        <strong id={id}>Problems in the file. Mend these lines, then choose it again:</strong>
        <ul>
          {problems.map((problem, index) => (
            <li key={index}>
              Line {problem.line}
              {problem.column === null ? '' : `, column ${problem.column}`}: {problem.message}
            </li>
          ))}
        </ul>
      </div>
    );
  }
  const unused = (['portfolio', 'classification'] as const).flatMap((use) => {
    const reason = whyNot(use, { columns, rows: totalRows });
    return reason === null ? [] : [reason];
  });
  return (
    <div
      className="note problem-list"
      role="region"
      aria-labelledby={id}
      aria-busy={isLoading}
      tabIndex={0}
    >
      <strong id={id}>How the file was understood</strong>
      <ul>
        {[...understoodSentences(preview), ...notes, ...unused].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}
