import { useState } from 'react';
import { asAppError } from '#shared/base/errors.ts';
import { client } from '#renderer/lib/client.ts';
import { notify } from '#renderer/lib/notices.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/field.tsx';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { PreviewTable } from './preview-table.tsx';

interface Props {
  readonly draft: { readonly name: string; readonly text: string };
  readonly onClose: () => void;
  readonly onImported: (id: string) => void;
}

/** Shows what a CSV file holds before it is taken into the library. */
export function ImportDialog({ draft, onClose, onImported }: Props) {
  const [name, setName] = useState(draft.name.replace(/\.(csv|tsv)$/i, ''));
  const [failure, setFailure] = useState<string | null>(null);
  const preview = useRequest('data.preview', { text: draft.text, rows: 50 });
  const importIt = async (): Promise<void> => {
    try {
      const set = await client().request('data.import', { name: name.trim(), text: draft.text });
      notify('info', `“${set.name}” is in the library now.`);
      onImported(set.id);
      onClose();
    } catch (thrown) {
      setFailure(asAppError(thrown).message);
    }
  };
  const problems = preview.data?.problems ?? [];
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
            disabled={preview.data === null || problems.length > 0 || name.trim() === ''}
            onClick={() => void importIt()}
          >
            Import
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        value={name}
        maxLength={200}
        error={failure}
        onChange={(event) => setName(event.target.value)}
      />
      {preview.error !== null ? (
        <ErrorState error={preview.error} onRetry={preview.reload} />
      ) : preview.data === null ? (
        <Skeleton lines={8} label="Reading the file" />
      ) : (
        <>
          {problems.length === 0 ? null : (
            <ul className="note note-bad problem-list" aria-label="Problems in the file">
              <li>
                <strong>Mend these lines in the file, then choose it again:</strong>
              </li>
              {problems.map((problem, index) => (
                <li key={index}>
                  Line {problem.line}
                  {problem.column === null ? '' : `, column ${problem.column}`}: {problem.message}
                </li>
              ))}
            </ul>
          )}
          <div className="import-preview">
            <PreviewTable preview={preview.data} />
          </div>
        </>
      )}
    </Dialog>
  );
}
