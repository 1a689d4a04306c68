import { useState } from 'react';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { useSampling } from './live-simulation.ts';

const usualShots = 1024;
/** More would be waited for at each edit. */
const mostShots = 1_000_000;

/** Samples beside the exact distribution, with a number of shots and a seed that can be changed. */
export function Sampling() {
  const { shots, seed } = useSampling();
  const [lastShots, setLastShots] = useState(usualShots);
  return (
    <>
      <Segmented
        label="Samples"
        value={shots === null ? 'off' : 'on'}
        options={[
          { value: 'off', title: 'Exact' },
          { value: 'on', title: 'Shots' },
        ]}
        onChange={(value) => useSampling.setState({ shots: value === 'on' ? lastShots : null })}
      />
      {shots === null ? null : (
        <>
          <Whole
            label="Shots"
            value={shots}
            min={1}
            max={mostShots}
            save={(value) => {
              setLastShots(value);
              useSampling.setState({ shots: value });
            }}
          />
          <Whole
            label="Seed"
            value={seed}
            min={0}
            max={Number.MAX_SAFE_INTEGER}
            save={(value) => useSampling.setState({ seed: value })}
          />
        </>
      )}
    </>
  );
}

interface WholeProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly save: (value: number) => void;
}

/** A whole number that counts as soon as it is one; what is not stays in the field, marked. */
function Whole({ label, value, min, max, save }: WholeProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const isGood = (text: string): boolean =>
    /^\d+$/.test(text.trim()) && Number(text) >= min && Number(text) <= max;
  const problem = typed === null || isGood(typed) ? null : `A whole number from ${min} to ${max}`;
  return (
    <label className="seed-field">
      {label}
      <input
        className="field-input number"
        type="number"
        min={min}
        max={max}
        step={1}
        title={problem ?? undefined}
        aria-invalid={problem === null ? undefined : true}
        value={typed ?? value}
        onChange={({ target }) => {
          setTyped(target.value);
          if (isGood(target.value)) save(Number(target.value));
        }}
        onBlur={() => setTyped(null)}
      />
    </label>
  );
}
