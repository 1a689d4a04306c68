import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import { useNavigation } from '#renderer/lib/navigation.ts';
import { dismissNotice, type Notice, useNotices } from '#renderer/lib/notices.ts';
import { IconButton } from '#renderer/ui/button.tsx';

const icons = { info: Info, warning: TriangleAlert, error: CircleAlert } as const;
const shownForMs = 6000;

/** Short messages at the lower right, and what screen readers are told about edits. */
export function Toasts() {
  const notices = useNotices((state) => state.notices);
  const announcement = useNotices((state) => state.announcement);
  const workspace = useNavigation((state) => state.workspace);
  // An error belongs to the place where it came up, and would lie over the fields of another.
  useEffect(
    () => () => {
      const { notices: shown } = useNotices.getState();
      for (const { id, level } of shown) if (level === 'error') dismissNotice(id);
    },
    [workspace],
  );
  return (
    <>
      <div className="toasts" role="region" aria-label="Messages" aria-live="polite">
        {notices.map((notice) => (
          <Toast key={notice.id} notice={notice} />
        ))}
      </div>
      <div className="hidden-visually" role="status" aria-live="polite" data-testid="announcer">
        {announcement}
      </div>
    </>
  );
}

function Toast({ notice }: { notice: Notice }) {
  useEffect(() => {
    // An error stays until it is read; the rest goes by itself.
    if (notice.level === 'error') return undefined;
    const timer = setTimeout(() => dismissNotice(notice.id), shownForMs);
    return () => clearTimeout(timer);
  }, [notice]);
  const Icon = icons[notice.level];
  return (
    <div className={`toast toast-${notice.level}`}>
      <Icon size={16} aria-hidden />
      <p>{notice.text}</p>
      <IconButton label="Dismiss" onClick={() => dismissNotice(notice.id)}>
        <X size={14} />
      </IconButton>
    </div>
  );
}
