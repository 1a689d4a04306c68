import { CircleAlert, Info, Trash2, TriangleAlert, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useNavigation } from '#renderer/lib/navigation.ts';
import { dismissNotice, type Notice, useNotices } from '#renderer/lib/notices.ts';
import { type Removal, undoRemoval, useRemovals } from '#renderer/lib/removals.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';

const icons = { info: Info, warning: TriangleAlert, error: CircleAlert } as const;
const shownForMs = 6000;

/**
 * Short messages at the lower right with removals that can be taken back, and what screen readers are
 * told about edits. Errors stay until they are read, so they have a row of their own (`ErrorRow`).
 */
export function Toasts() {
  const notices = useNotices((state) => state.notices);
  const announcement = useNotices((state) => state.announcement);
  const removals = useRemovals((state) => state.pending);
  return (
    <>
      <div className="toasts" role="region" aria-label="Messages" aria-live="polite">
        {notices
          .filter(({ level }) => level !== 'error')
          .map((notice) => (
            <PassingToast key={notice.id} notice={notice} />
          ))}
        {removals.map((removal) => (
          <RemovalToast key={removal.key} removal={removal} />
        ))}
      </div>
      <div className="hidden-visually" role="status" aria-live="polite" data-testid="announcer">
        {announcement}
      </div>
    </>
  );
}

/** Errors above the status bar: the workspace makes room, so that they lie over nothing. */
export function ErrorRow() {
  const notices = useNotices((state) => state.notices);
  const workspace = useNavigation((state) => state.workspace);
  // An error belongs to the place where it came up.
  useEffect(
    () => () => {
      const { notices: shown } = useNotices.getState();
      for (const { id, level } of shown) if (level === 'error') dismissNotice(id);
    },
    [workspace],
  );
  const errors = notices.filter(({ level }) => level === 'error');
  return (
    <div className="error-row" role="region" aria-label="Errors" aria-live="assertive">
      {errors.map((notice) => (
        <Toast key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function PassingToast({ notice }: { notice: Notice }) {
  useEffect(() => {
    const timer = setTimeout(() => dismissNotice(notice.id), shownForMs);
    return () => clearTimeout(timer);
  }, [notice]);
  return <Toast notice={notice} />;
}

function Toast({ notice }: { notice: Notice }) {
  const Icon = icons[notice.level];
  const { action } = notice;
  return (
    <div className={`toast toast-${notice.level}`}>
      <Icon size={16} aria-hidden />
      <p>{notice.text}</p>
      {action === undefined ? null : (
        <Button
          onClick={() => {
            dismissNotice(notice.id);
            action.run();
          }}
        >
          {action.title}
        </Button>
      )}
      <IconButton label="Dismiss" onClick={() => dismissNotice(notice.id)}>
        <X size={14} />
      </IconButton>
    </div>
  );
}

function RemovalToast({ removal: { key, label, dueAt } }: { removal: Removal }) {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((dueAt - now) / 1000));
  return (
    <div className="toast">
      <Trash2 size={16} aria-hidden />
      <p>
        “{label}” was removed. <span className="muted number" aria-hidden>{`${seconds} s`}</span>
      </p>
      <Button onClick={() => undoRemoval(key)}>Undo</Button>
    </div>
  );
}
