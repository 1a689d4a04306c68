import { lazy, Suspense } from 'react';
import { closeComparison, useComparison } from '#renderer/lib/workspace/comparison.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Skeleton } from '#renderer/ui/states.tsx';

const Difference = lazy(async () => ({
  default: (await import('./difference.tsx')).Difference,
}));

/** Two versions of a text side by side, with what can be decided about them. */
export function CompareDialog() {
  const comparison = useComparison((state) => state.comparison);
  if (comparison === null) return null;
  const { title, note, before, after, choices } = comparison;
  return (
    <Dialog
      title={title}
      wide
      onClose={closeComparison}
      footer={
        <>
          {choices.map(({ label, hint, run }, index) => (
            <Button
              key={label}
              tone={index === choices.length - 1 ? 'primary' : 'plain'}
              title={hint}
              onClick={run}
            >
              {label}
            </Button>
          ))}
        </>
      }
    >
      <p className="muted">{note}</p>
      <div className="compare-sides" aria-hidden>
        <span>{before.label}</span>
        <span>{after.label}</span>
      </div>
      <div className="compare-frame" data-testid="difference">
        <Suspense fallback={<Skeleton label="Opening the comparison" />}>
          <Difference before={before} after={after} />
        </Suspense>
      </div>
      <ul className="compare-hints muted">
        {choices.map(({ label, hint }) => (
          <li key={label}>
            {label}: {hint}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
