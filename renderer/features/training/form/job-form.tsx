import { Copy, FileDown, FolderOpen, Play, RotateCcw } from 'lucide-react';
import { type DragEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Device } from '#shared/ipc/hardware.ts';
import { countOf } from '#renderer/lib/format.ts';
import { firstDraft, type JobDraft, textFaultOf } from '#renderer/lib/job-draft.ts';
import { goToText, replaceDraft, showView, useJobDraft } from '#renderer/lib/job-draft-store.ts';
import type { Offer } from '#renderer/lib/job-offer.ts';
import { notify, notifyError } from '#renderer/lib/notices.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { useSpecCheck } from '#renderer/lib/use-spec-check.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { ErrorState, Skeleton } from '#renderer/ui/states.tsx';
import { copyCommand, openSpec, saveSpec, startDraft, takeSpecFile } from './actions.ts';
import { BackendPart } from './backend-part.tsx';
import { ConfirmDialog, machinesOf } from './confirm-dialog.tsx';
import { FaultsPart } from './faults-part.tsx';
import { focusField } from './find-field.ts';
import { ForecastPart } from './forecast-part.tsx';
import { JsonPart } from './json-part.tsx';
import { MethodPart } from './method-part.tsx';
import { MitigationPart } from './mitigation-part.tsx';
import { ProblemPart } from './problem-part.tsx';
import { priorityFaultOf } from './run-fields.ts';
import { RunPart } from './run-part.tsx';

/** Loads what the form offers, and begins a draft where there is none. */
export function NewJob() {
  const catalog = useRequest('catalog.list', {});
  const data = useRequest('data.list', {});
  const devices = useRequest('devices.list', { live: false });
  const draft = useJobDraft((state) => state.draft);
  const offer = useMemo<Offer | null>(
    () =>
      catalog.data === null || data.data === null
        ? null
        : { catalog: catalog.data, dataSets: data.data },
    [catalog.data, data.data],
  );
  useEffect(() => {
    if (draft === null && offer !== null) useJobDraft.setState({ draft: firstDraft(offer) });
  }, [draft, offer]);
  const error = catalog.error ?? data.error ?? devices.error;
  if (offer === null || draft === null || devices.data === null) {
    if (error === null) return <Skeleton lines={12} label="Loading the form" />;
    const retry = (): void => [catalog, data, devices].forEach(({ reload }) => reload());
    return <ErrorState error={error} onRetry={retry} />;
  }
  return <JobForm draft={draft} offer={offer} devices={devices.data} />;
}

interface JobFormProps {
  readonly draft: JobDraft;
  readonly offer: Offer;
  readonly devices: readonly Device[];
}

const views = [
  { value: 'form', title: 'Form' },
  { value: 'json', title: 'JSON' },
] as const;

/** One job as it is written: as a form or as its JSON, with what it will need beside it. */
function JobForm({ draft, offer, devices }: JobFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const check = useSpecCheck(draft.spec);
  const [starting, setStarting] = useState(false);
  const [asking, setAsking] = useState(false);
  const reasonId = useId();
  useWishes(form, draft.view, check.errors);
  const reason = reasonOf(draft, check.errors);
  const frame = { offer, errors: check.errors };
  const machines = machinesOf(draft, devices);
  const start = async (): Promise<void> => {
    setAsking(false);
    setStarting(true);
    await startDraft();
    setStarting(false);
  };
  const submit = (): void => {
    // A key does not know that the button is off.
    if (reason !== null) notify('warning', reason);
    else if (machines.length > 0) setAsking(true);
    else if (!starting) void start();
  };
  return (
    <form
      ref={form}
      className="new-job"
      aria-label="New job"
      noValidate
      onDrop={(event) => void takeDropped(event).catch(notifyError)}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <header className="new-job-head">
        <h2>New job</h2>
        <Segmented label="View" value={draft.view} options={views} onChange={showView} />
        <span className="spacer" />
        {reason === null ? null : (
          <span className="muted ellipsis" id={reasonId} title={reason}>
            {reason}
          </span>
        )}
        <IconButton label="Open a spec file…" onClick={() => void openSpec().catch(notifyError)}>
          <FolderOpen size={15} />
        </IconButton>
        <IconButton label="Save as a spec file" onClick={saveSpec}>
          <FileDown size={15} />
        </IconButton>
        <IconButton label="Copy as command" onClick={() => void copyCommand()}>
          <Copy size={15} />
        </IconButton>
        <IconButton
          label="Begin anew"
          onClick={() => replaceDraft(firstDraft(offer), 'The form is as it was at first.')}
        >
          <RotateCcw size={15} />
        </IconButton>
        <Button
          tone="primary"
          type="submit"
          icon={<Play size={14} />}
          aria-describedby={reason === null ? undefined : reasonId}
          disabled={starting || reason !== null}
        >
          {starting ? 'Starting…' : 'Start'}
        </Button>
      </header>
      {draft.view === 'json' ? (
        <div className="new-job-columns">
          <JsonPart draft={draft} check={check} />
          <ForecastPart check={check} />
        </div>
      ) : (
        <div className="new-job-columns">
          <div className="new-job-frame">
            <div className="new-job-parts">
              <div className="new-job-asked">
                <ProblemPart draft={draft} frame={frame} devices={devices} />
                <MethodPart draft={draft} frame={frame} devices={devices} />
              </div>
              <div className="stack">
                <BackendPart draft={draft} frame={frame} devices={devices} />
                <RunPart draft={draft} frame={frame} devices={devices} />
                <MitigationPart draft={draft} frame={frame} devices={devices} />
              </div>
            </div>
          </div>
          <aside className="stack new-job-side">
            {textFaultOf(draft) === null ? null : (
              <div className="note note-bad" role="alert">
                The JSON has a fault. The form shows the spec as it was before; a change here puts
                the form’s text in its place.
              </div>
            )}
            <FaultsPart errors={check.errors} failure={check.failure} lineOf={null} />
            <ForecastPart check={check} />
          </aside>
        </div>
      )}
      {asking ? (
        <ConfirmDialog
          machines={machines}
          forecast={check.forecast}
          onStart={() => void start()}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </form>
  );
}

/** Leads to the path that is wished for: to its field, else to its place in the JSON. */
function useWishes(
  form: { readonly current: HTMLElement | null },
  view: JobDraft['view'],
  errors: Readonly<Record<string, string>>,
): void {
  const wish = useJobDraft((state) => state.wish);
  useEffect(() => {
    if (wish === null || form.current === null) return;
    useJobDraft.setState({ wish: null });
    const path = wish === '' ? Object.keys(errors)[0] : wish;
    if (path === undefined) return;
    if (view === 'json' || !focusField(form.current, path)) goToText(path);
  }, [wish, form, view, errors]);
}

/** Why a job cannot be started; null where it can. */
function reasonOf(draft: JobDraft, errors: Readonly<Record<string, string>>): string | null {
  if (textFaultOf(draft) !== null) return 'The JSON has a fault.';
  const priority = priorityFaultOf(draft);
  const [first, ...more] = [
    ...Object.entries(errors),
    ...(priority === null ? [] : [['priority', priority] as const]),
  ];
  if (first === undefined) return null;
  const [path, message] = first;
  const said = path === '' ? message : `${path}: ${message}`;
  return more.length === 0 ? said : `${said} ${countOf(more.length, 'more fault')}.`;
}

/** A spec file that is dropped on the form; other files are left to the window. */
async function takeDropped(event: DragEvent): Promise<void> {
  const file = [...event.dataTransfer.files].find(({ name }) => /\.json$/i.test(name));
  if (file === undefined) return;
  event.preventDefault();
  takeSpecFile({ name: file.name, text: await file.text() });
}
