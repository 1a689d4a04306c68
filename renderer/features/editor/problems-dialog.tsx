import { Copy } from 'lucide-react';
import { flushSync } from 'react-dom';
import type { Diagnostic } from '#shared/qasm/diagnostic.ts';
import { countOf } from '#renderer/lib/format.ts';
import { showOverlay, useNavigation } from '#renderer/lib/navigation.ts';
import { notify } from '#renderer/lib/notices.ts';
import { revealInText } from '#renderer/lib/reveal.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { typeInto, useActiveDocument } from '#renderer/lib/workspace/workspace-store.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { problemLine, problemLines } from './problems.ts';

/** What is wrong with the text, with the way there, mendings, and a list to copy. */
export function ProblemsDialog() {
  const isOpen = useNavigation((state) => state.overlay === 'problems');
  const document = useActiveDocument();
  if (!isOpen || document === null) return null;
  const { diagnostics } = document.parsed;
  const close = (): void => showOverlay('none');
  return (
    <Dialog
      title={diagnostics.length === 0 ? 'No problem found' : countOf(diagnostics.length, 'problem')}
      wide
      onClose={close}
      footer={
        <Button
          icon={<Copy size={14} />}
          disabled={diagnostics.length === 0}
          onClick={() => void copy(document)}
        >
          Copy the list
        </Button>
      }
    >
      {diagnostics.length === 0 ? (
        <p className="muted">The text of “{document.name}” can be read as it stands.</p>
      ) : (
        <ul className="problem-list">
          {diagnostics.slice(0, shown).map((one) => (
            <Problem key={`${one.start}-${one.code}`} document={document} problem={one} />
          ))}
          {diagnostics.length > shown ? (
            <li className="muted">
              {countOf(diagnostics.length - shown, 'more problem')}; the copied list has all.
            </li>
          ) : null}
        </ul>
      )}
    </Dialog>
  );
}

const shown = 200;
const tones = { error: 'bad', warning: 'warn', info: 'plain' } as const;

function Problem({ document, problem }: { document: OpenDocument; problem: Diagnostic }) {
  const { start, end, severity, message, fix } = problem;
  const go = (): void => {
    // The dialog gives the keyboard back as it goes, so it has to be gone before the text takes it.
    flushSync(() => showOverlay('none'));
    revealInText({ start, end, takesFocus: true });
  };
  return (
    <li>
      <button type="button" className="problem-line" onClick={go} title={problemLine(problem)}>
        <Badge tone={tones[severity]}>{severity}</Badge>
        <span className="problem-place">
          {problem.line}:{problem.column}
        </span>
        <span>{message}</span>
      </button>
      {fix === undefined ? null : (
        <Button onClick={() => typeInto(document.key, fix.edits)}>{fix.title}</Button>
      )}
    </li>
  );
}

async function copy(document: OpenDocument): Promise<void> {
  await navigator.clipboard.writeText(problemLines(document.name, document.parsed.diagnostics));
  notify('info', 'The list of problems is on the clipboard.');
}
