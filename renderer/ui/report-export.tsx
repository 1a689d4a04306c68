import { zipSync } from 'fflate';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { type JournalId, journals, type WidthName, widths } from '#shared/figures/journals.ts';
import type { ReportFile, ReportFormat } from '#shared/ipc/library.ts';
import { client } from '#renderer/lib/client.ts';
import { downloadFile, fileNameOf } from '#renderer/lib/download.ts';
import { notifyError } from '#renderer/lib/notices.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { SelectField } from './field.tsx';

interface Props {
  /** Of a job or a comparison. */
  readonly id: string;
  /** What the files are called. */
  readonly name: string;
  readonly disabled?: boolean;
  /** The command that opens it. */
  readonly command: string;
}

const offers: readonly (readonly [format: ReportFormat, title: string, what: string])[] = [
  ['pdf', 'PDF', 'The report, and every figure alone, fonts embedded'],
  ['latex', 'LaTeX', 'Sources: pgfplots figures, booktabs tables, every number a macro'],
  ['html', 'HTML', 'The report in one file'],
  ['svg', 'SVG', 'Every figure'],
  ['eps', 'EPS', 'Every figure, fonts embedded'],
  ['png', 'PNG', 'Every figure in 600 dots an inch, where a browser is installed'],
  ['csv', 'CSV', 'Every table'],
  ['parquet', 'Parquet', 'Every table'],
  ['json', 'JSON', 'The document, whole'],
  ['bundle', 'Bundle', 'An RO-Crate that “ketbench verify” runs again'],
];

/** A button that opens every way out of a result. */
export function ReportExport({ id, name, disabled = false, command }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        command={command}
        icon={<Download size={14} />}
        disabled={disabled}
        onClick={() => setOpen(true)}
      >
        Export
      </Button>
      {isOpen ? <ExportDialog id={id} name={name} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

interface DialogProps {
  readonly id: string;
  readonly name: string;
  readonly onClose: () => void;
}

function ExportDialog({ id, name, onClose }: DialogProps) {
  const [width, setWidth] = useState<WidthName | 'screen'>('screen');
  const [journal, setJournal] = useState<JournalId>('nature');
  const [busy, setBusy] = useState<ReportFormat | null>(null);
  const save = async (format: ReportFormat): Promise<void> => {
    setBusy(format);
    try {
      const wide = width === 'screen' ? {} : { width };
      const files = await client().request('reports.make', { id, format, journal, ...wide });
      saveFiles(files, fileNameOf(name), format);
    } catch (thrown) {
      notifyError(thrown);
    } finally {
      setBusy(null);
    }
  };
  return (
    <Dialog title={`Export “${name}”`} onClose={onClose} wide>
      <div className="row">
        <SelectField
          label="Width of figures"
          value={width}
          options={[
            { value: 'screen', title: 'As on the screen' },
            ...widths.map((value) => ({
              value,
              title: value === 'single' ? 'One column' : 'Two columns',
            })),
          ]}
          onChange={(event) => setWidth(event.currentTarget.value as WidthName | 'screen')}
        />
        <SelectField
          label="Journal"
          value={journal}
          options={journals.map(({ id: value, title }) => ({ value, title }))}
          onChange={(event) => setJournal(event.currentTarget.value as JournalId)}
        />
      </div>
      <ul className="export-offers">
        {offers.map(([format, title, what]) => (
          <li key={format}>
            <Button
              aria-label={`Export as ${title}`}
              disabled={busy !== null}
              onClick={() => void save(format)}
            >
              {busy === format ? 'Writing …' : title}
            </Button>
            <span>{what}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** One file as it is, several as an archive. */
function saveFiles(files: readonly ReportFile[], base: string, format: ReportFormat): void {
  const [only] = files;
  if (files.length === 1 && only !== undefined) {
    const extension = only.name.split('.').at(-1) ?? format;
    const content = only.bytes === undefined ? only.text : new Uint8Array(only.bytes);
    downloadFile(`${base}.${extension}`, new Blob([content], { type: only.mediaType }));
    return;
  }
  const encoder = new TextEncoder();
  const entries = files.map(
    (file) => [file.name, file.bytes ?? encoder.encode(file.text)] as const,
  );
  // Equal files are equal bytes: the first date that an archive can say.
  const zip = zipSync(Object.fromEntries(entries), { mtime: '1980-01-01T12:00:00' });
  downloadFile(
    `${base} ${format}.zip`,
    new Blob([new Uint8Array(zip)], { type: 'application/zip' }),
  );
}
