import type { SpecCheck } from '#renderer/lib/use-spec-check.ts';
import { TextField } from '#renderer/ui/field.tsx';
import { Forecast } from './forecast.tsx';
import type { JobForm } from './spec.ts';

interface Props {
  readonly form: JobForm;
  readonly onChange: (form: JobForm) => void;
  readonly check: SpecCheck;
}

/** Name, shots, seed, and what the run will need. */
export function RunCard({ form, onChange, check }: Props) {
  return (
    <section className="card stack" aria-label="Run">
      <h3>Run</h3>
      <TextField
        label="Name"
        placeholder="made from the problem"
        maxLength={200}
        error={check.errors['name']}
        value={form.name}
        onChange={(event) => onChange({ ...form, name: event.target.value })}
      />
      <div className="field-pair">
        <TextField
          label="Shots"
          inputMode="numeric"
          placeholder="exact"
          error={check.errors['shots']}
          value={form.shots}
          onChange={(event) => onChange({ ...form, shots: event.target.value })}
        />
        <TextField
          label="Seed"
          inputMode="numeric"
          error={check.errors['seed']}
          value={form.seed}
          onChange={(event) => onChange({ ...form, seed: event.target.value })}
        />
      </div>
      <Forecast check={check} />
    </section>
  );
}
