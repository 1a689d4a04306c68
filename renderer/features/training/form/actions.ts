import { readJson } from '#shared/base/json-places.ts';
import { chooseTextFile, downloadText, fileNameOf } from '#renderer/lib/download.ts';
import { draftOf, isObject, textOfDraft } from '#renderer/lib/job-draft.ts';
import { replaceDraft, useJobDraft } from '#renderer/lib/job-draft-store.ts';
import { openJob, submitJob, useJobs } from '#renderer/lib/jobs.ts';
import { notify, notifyError } from '#renderer/lib/notices.ts';

/** The name that a draft's file has: that of the job. */
function fileName(): string {
  const name = useJobDraft.getState().draft?.spec['name'];
  return `${typeof name === 'string' && name.trim() !== '' ? fileNameOf(name.trim()) : 'spec'}.json`;
}

/** Saves the spec as the file that `ketbench run` takes. */
export function saveSpec(): void {
  const { draft } = useJobDraft.getState();
  if (draft !== null) downloadText(fileName(), 'application/json', textOfDraft(draft));
}

/** Lets the user choose a spec file. */
export async function openSpec(): Promise<void> {
  const file = await chooseTextFile('.json');
  if (file !== null) takeSpecFile(file);
}

/** Puts a spec file into the form. A text with a fault is shown as it is, with the fault. */
export function takeSpecFile({
  name,
  text,
}: {
  readonly name: string;
  readonly text: string;
}): void {
  const reading = readJson(text);
  const spec = reading.ok && isObject(reading.value) ? reading.value : null;
  const before = useJobDraft.getState().draft;
  const draft = draftOf(spec ?? before?.spec ?? {}, before);
  replaceDraft(
    { ...draft, text, view: spec === null ? 'json' : draft.view },
    spec === null ? `“${name}” has a fault.` : `The form holds “${name}”.`,
  );
  openJob(null);
}

/** The command that runs the spec in a terminal, with its text. */
export async function copyCommand(): Promise<void> {
  const { draft } = useJobDraft.getState();
  if (draft === null) return;
  const name = fileName();
  const quoted = `'${name.replaceAll("'", "'\\''")}'`;
  const text = textOfDraft(draft).trimEnd();
  try {
    await navigator.clipboard.writeText(
      `cat > ${quoted} <<'SPEC'\n${text}\nSPEC\nketbench run ${quoted}\n`,
    );
    notify('info', 'Copied: the spec and the command that runs it.');
  } catch (thrown) {
    notifyError(thrown);
  }
}

/** As the button does: with a question where machines are paid for. */
export function pressStart(): void {
  document.querySelector<HTMLFormElement>('form.new-job')?.requestSubmit();
}

/** Sends the draft to the queue and opens its job; what main says of it is shown. */
export async function startDraft(): Promise<void> {
  const { draft } = useJobDraft.getState();
  if (draft === null) return;
  try {
    useJobs.setState({ selected: await submitJob(draft.spec, Number(draft.priority)) });
  } catch (thrown) {
    notifyError(thrown);
  }
}
