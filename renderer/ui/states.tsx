import { CircleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AppError } from '#shared/base/errors.ts';
import { Button } from './button.tsx';

interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}

/** Says what would be here and what to do first. */
export function EmptyState({ icon: Icon, title, text, children }: EmptyStateProps) {
  return (
    <div className="state">
      <Icon size={28} strokeWidth={1.5} aria-hidden />
      <p className="state-title">{title}</p>
      <p className="state-text">{text}</p>
      {children === undefined ? null : <div className="state-actions">{children}</div>}
    </div>
  );
}

interface ErrorStateProps {
  readonly error: AppError;
  readonly onRetry?: () => void;
}

/** What went wrong, in the words of the error, and a way to try again. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  return (
    <div className="state" role="alert">
      <CircleAlert size={28} strokeWidth={1.5} aria-hidden />
      <p className="state-title">{titleOf(error)}</p>
      <p className="state-text">{error.message}</p>
      {onRetry === undefined ? null : (
        <div className="state-actions">
          <Button onClick={onRetry}>Try again</Button>
        </div>
      )}
    </div>
  );
}

function titleOf(error: AppError): string {
  switch (error.code) {
    case 'unavailable':
      return 'Not reachable';
    case 'cancelled':
      return 'Cancelled';
    case 'too-large':
      return 'Too large';
    case 'not-found':
      return 'Not found';
    case 'unsupported':
      return 'Not supported';
    default:
      return 'That did not work';
  }
}

/** Grey lines in place of rows that are on their way. */
export function Skeleton({ lines = 6, label = 'Loading' }: { lines?: number; label?: string }) {
  return (
    <div
      role="status"
      aria-label={label}
      style={{ display: 'grid', gap: 10, padding: 'var(--space-4)' }}
    >
      {Array.from({ length: lines }, (_, index) => (
        <div
          key={index}
          className="skeleton"
          style={{ height: 16, width: `${92 - ((index * 17) % 45)}%` }}
        />
      ))}
    </div>
  );
}
