import type { Tone } from '#renderer/lib/tone.ts';
import type { ReactNode } from 'react';

/** A short word on a tinted ground; the word carries the meaning, the colour only helps. */
export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}
