import { Plus, Trash2 } from 'lucide-react';
import { type SplitAim, splitAims } from '#shared/devices/shares.ts';
import type { Device } from '#shared/ipc/hardware.ts';
import { withPart } from '#renderer/lib/job-draft.ts';
import { changeDraft } from '#renderer/lib/job-draft-store.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { SelectField } from '#renderer/ui/field.tsx';
import { faultAt } from '#renderer/lib/form-values.ts';
import { NoiseFields } from './noise-fields.tsx';
import type { PartProps } from './part.ts';

function groupOf({ provider, kind }: Device): string {
  if (provider !== 'local') return `At ${provider}`;
  return kind === 'simulator' ? 'This computer' : 'Models of machines, on this computer';
}

const states: Readonly<Partial<Record<Device['status'], string>>> = {
  unavailable: 'not available now',
  retired: 'retired',
  'needs-credential': 'needs a key',
};

function wordsOf({ name, kind, qubits, status }: Device): string {
  const facts = [
    ...(kind === 'simulator' ? [] : [`${qubits} qubits`]),
    ...(states[status] === undefined ? [] : [states[status]]),
  ];
  return facts.length === 0 ? name : `${name} (${facts.join(', ')})`;
}

const aimWords: Readonly<Record<SplitAim, string>> = {
  speed: 'Speed: more to the faster ones',
  price: 'Price: to the cheapest ones',
  fidelity: 'Fidelity: to those with the fewest errors',
};

function splitOf(given: unknown): SplitAim {
  return splitAims.find((aim) => aim === given) ?? 'speed';
}

/** Where the circuits run: one backend, or several that share them, and their noise. */
export function BackendPart({ draft, frame, devices }: PartProps) {
  const backend = draft.spec['backend'] ?? 'simulator';
  const chosen: readonly unknown[] = Array.isArray(backend) ? backend : [backend];
  const known = devices.map((device) => ({
    value: device.id,
    title: wordsOf(device),
    group: groupOf(device),
  }));
  const change = (next: readonly unknown[]): void =>
    changeDraft((now) => {
      const alone = next.length === 1;
      const placed = withPart(now, 'backend', alone ? next[0] : next);
      return alone ? withPart(placed, 'split', undefined) : placed;
    });
  const free = devices.find(({ id }) => !chosen.includes(id));
  return (
    <section className="card stack" aria-label="Backend">
      <h3>Backend</h3>
      {chosen.map((id, k) => {
        const shown = typeof id === 'string' ? id : JSON.stringify(id);
        const path = chosen.length === 1 ? 'backend' : `backend[${k}]`;
        return (
          <div key={k} className={chosen.length === 1 ? undefined : 'part-row'}>
            <SelectField
              label={k === 0 ? 'Runs on' : `And on (${k + 1})`}
              path={path}
              error={k === 0 ? faultAt(frame.errors, 'backend') : frame.errors[path]}
              options={
                devices.some((device) => device.id === id)
                  ? known
                  : [{ value: shown, title: `${shown} (not known)` }, ...known]
              }
              value={shown}
              onChange={(event) => change(chosen.with(k, event.target.value))}
            />
            {chosen.length === 1 ? null : (
              <IconButton
                label={`Remove backend ${k + 1}`}
                onClick={() => change(chosen.toSpliced(k, 1))}
              >
                <Trash2 size={14} />
              </IconButton>
            )}
          </div>
        );
      })}
      {chosen.length === 1 ? null : (
        <SelectField
          label="Shared by"
          path="split"
          error={faultAt(frame.errors, 'split')}
          options={splitAims.map((aim) => ({ value: aim, title: aimWords[aim] }))}
          value={splitOf(draft.spec['split'])}
          onChange={(event) => changeDraft((now) => withPart(now, 'split', event.target.value))}
        />
      )}
      {free === undefined ? null : (
        <div>
          <Button icon={<Plus size={14} />} onClick={() => change([...chosen, free.id])}>
            Add a backend
          </Button>
        </div>
      )}
      <NoiseFields draft={draft} frame={frame} />
    </section>
  );
}
