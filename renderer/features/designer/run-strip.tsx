import {
  ArrowDownToLine,
  ArrowUpFromLine,
  CornerDownLeft,
  Play,
  Redo,
  SkipBack,
  X,
} from 'lucide-react';
import type { ReactNode } from 'react';
import {
  bitsOfRun,
  chooseSeed,
  move,
  placeOfRun,
  runOf,
  stopRun,
  useRun,
} from '#renderer/lib/run.ts';
import type { Move } from '#renderer/lib/run-moves.ts';
import type { OpenDocument } from '#renderer/lib/workspace/open-document.ts';
import { IconButton } from '#renderer/ui/button.tsx';

const moves: readonly (readonly [how: Move, label: string, icon: ReactNode])[] = [
  ['back-to', 'Run back to the previous breakpoint (Shift+F5)', <SkipBack key="b" size={14} />],
  ['back', 'Step back one statement (Alt+F10)', <CornerDownLeft key="s" size={14} />],
  ['into', 'Step into (F11)', <ArrowDownToLine key="i" size={14} />],
  ['over', 'Step over (F10)', <Redo key="o" size={14} />],
  ['out', 'Step out (Shift+F11)', <ArrowUpFromLine key="u" size={14} />],
  ['on', 'Run to the next breakpoint (F5)', <Play key="n" size={14} />],
];

/** While a program is stepped through: where it is, on which seed, and what was measured. */
export function RunStrip({ document }: { document: OpenDocument }) {
  const run = useRun((state) => runOf(document, state));
  const seed = useRun((state) => state.seed);
  const pending = useRun((state) => state.pending);
  if (run === null) return null;
  const place = placeOfRun(document, run);
  return (
    <section className="run-strip" aria-label="Run" aria-busy={pending}>
      <div className="run-moves" role="toolbar" aria-label="Stepping">
        {moves.map(([how, label, icon]) => (
          <IconButton key={how} label={label} onClick={() => void move(how)}>
            {icon}
          </IconButton>
        ))}
        <IconButton label="End the run (Alt+F5)" onClick={stopRun}>
          <X size={14} />
        </IconButton>
      </div>
      <span className="run-place ellipsis" title={place}>
        {place}
      </span>
      {bitsOfRun(document, run).map(({ name, bits }) => (
        <span key={name} className="run-bits" title={`${name}: bit 0 at the right`}>
          {name} = {bits}
        </span>
      ))}
      <label className="run-seed">
        Seed
        <input
          className="field-input"
          type="number"
          min={0}
          max={999_999_999}
          value={seed}
          onChange={(event) => {
            const next = event.target.valueAsNumber;
            if (Number.isSafeInteger(next) && next >= 0) chooseSeed(next);
          }}
        />
      </label>
    </section>
  );
}
