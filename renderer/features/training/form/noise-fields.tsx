import { FileText, Plus, Trash2 } from 'lucide-react';
import { readJson } from '#shared/base/json-places.ts';
import type { ParameterDescriptor } from '#shared/catalog/parameter.ts';
import { chooseTextFile } from '#renderer/lib/download.ts';
import { isObject, withNoise } from '#renderer/lib/job-draft.ts';
import { changeDraft } from '#renderer/lib/job-draft-store.ts';
import { entriesOf, entryOf } from '#renderer/lib/job-offer.ts';
import { notify, notifyError } from '#renderer/lib/notices.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { FieldNote, SelectField } from '#renderer/ui/field.tsx';
import type { FormFrame } from '#renderer/ui/parameters/frame.ts';
import { ParameterForm } from '#renderer/ui/parameters/parameter-form.tsx';
import { TypedField } from '#renderer/ui/parameters/typed-field.tsx';
import {
  type FormValues,
  type Notation,
  withValue,
  wordsNotation,
} from '#renderer/lib/form-values.ts';
import type { PartProps } from './part.ts';

/** Noise of a simulation: none, that of a machine, or rules. */
export function NoiseFields({ draft, frame }: Pick<PartProps, 'draft' | 'frame'>) {
  const noise = draft.spec['noise'];
  const models = entriesOf(frame.offer, 'device');
  const set = (next: unknown): void => changeDraft((now) => withNoise(now, next));
  const shown = noise === undefined ? '' : typeof noise === 'string' ? noise : 'rules';
  const isKnown = shown === '' || shown === 'rules' || models.some(({ id }) => id === shown);
  return (
    <>
      <SelectField
        label="Noise"
        path="noise"
        help="Of simulated circuits. A model of a machine, and a machine itself, brings its own."
        error={frame.errors['noise']}
        options={[
          { value: '', title: 'None, or that of the backend' },
          { value: 'rules', title: 'Rules' },
          ...models.map(({ id, title }) => ({ value: id, title, group: 'As on a machine' })),
          ...(isKnown ? [] : [{ value: shown, title: `${shown} (not known)` }]),
        ]}
        value={shown}
        onChange={({ target: { value } }) =>
          set(
            value === ''
              ? undefined
              : value === 'rules'
                ? (draft.shelf['noise'] ?? firstRules)
                : value,
          )
        }
      />
      {isObject(noise) ? <NoiseRules noise={noise} frame={frame} onChange={set} /> : null}
    </>
  );
}

const firstRules = { rules: [{ on: 'all', channel: 'depolarizing', p: 0.001 }] };

const readoutFields: readonly ParameterDescriptor[] = [
  {
    kind: 'list',
    id: 'readout',
    title: 'Readout errors',
    help: 'How often a measured bit is told wrong, by qubit.',
    default: null,
    members: [
      {
        kind: 'integer',
        id: 'qubit',
        title: 'Qubit',
        help: '',
        default: null,
        required: true,
        min: 0,
      },
      {
        kind: 'number',
        id: 'p_read1_given0',
        title: '1 read for 0',
        help: '',
        default: null,
        required: true,
        min: 0,
        max: 1,
      },
      {
        kind: 'number',
        id: 'p_read0_given1',
        title: '0 read for 1',
        help: '',
        default: null,
        required: true,
        min: 0,
        max: 1,
      },
    ],
  },
];

interface RulesProps {
  readonly noise: FormValues;
  readonly frame: FormFrame;
  readonly onChange: (noise: FormValues) => void;
}

function NoiseRules({ noise, frame, onChange }: RulesProps) {
  const rules: readonly unknown[] = Array.isArray(noise['rules']) ? noise['rules'] : [];
  const setRules = (next: readonly unknown[]): void => onChange({ ...noise, rules: next });
  const open = async (): Promise<void> => {
    const file = await chooseTextFile('.json');
    if (file === null) return;
    const reading = readJson(file.text);
    if (reading.ok && isObject(reading.value)) return onChange(reading.value);
    notify('warning', `“${file.name}” is no noise file: {"rules": […], "readout": […]}.`);
  };
  return (
    <div className="parameter-member" role="group" aria-label="Noise rules" data-path="noise.rules">
      {rules.map((rule, k) => (
        <NoiseRule
          key={k}
          index={k}
          rule={isObject(rule) ? rule : {}}
          frame={frame}
          onChange={(next) => setRules(rules.with(k, next))}
          onRemove={() => setRules(rules.toSpliced(k, 1))}
        />
      ))}
      <FieldNote error={frame.errors['noise.rules']} />
      <div className="row">
        <Button
          icon={<Plus size={14} />}
          onClick={() => setRules([...rules, rules.at(-1) ?? firstRules.rules[0]])}
        >
          Add a rule
        </Button>
        <Button icon={<FileText size={14} />} onClick={() => void open().catch(notifyError)}>
          Read a noise file…
        </Button>
      </div>
      <ParameterForm
        parameters={readoutFields}
        values={noise}
        frame={frame}
        path="noise"
        onChange={onChange}
      />
    </div>
  );
}

/** "all", "1q", "2q", or names of gates. */
const gatesNotation: Notation = {
  print: wordsNotation.print,
  parse: (text) => (/^\s*(all|1q|2q)\s*$/.test(text) ? text.trim() : wordsNotation.parse(text)),
};

const qubitsField: readonly ParameterDescriptor[] = [
  {
    kind: 'numbers',
    id: 'qubits',
    title: 'Only on qubits',
    help: 'Empty: on every qubit of the gate.',
    default: null,
  },
];

interface RuleProps {
  readonly index: number;
  readonly rule: FormValues;
  readonly frame: FormFrame;
  readonly onChange: (rule: FormValues) => void;
  readonly onRemove: () => void;
}

function NoiseRule({ index, rule, frame, onChange, onRemove }: RuleProps) {
  const path = `noise.rules[${index}]`;
  const channels = entriesOf(frame.offer, 'channel');
  const channel = entryOf(frame.offer, 'channel', rule['channel']);
  const { on, qubits } = rule;
  const label = `Rule ${index + 1}`;
  return (
    <div className="part-entry" role="group" aria-label={label} data-path={path}>
      <header className="part-head">
        <strong>{label}</strong>
        <IconButton label={`Remove rule ${index + 1}`} onClick={onRemove}>
          <Trash2 size={14} />
        </IconButton>
      </header>
      <FieldNote error={frame.errors[path]} />
      <SelectField
        label="Channel"
        path={`${path}.channel`}
        help={channel?.summary}
        error={frame.errors[`${path}.channel`]}
        options={channels.map(({ id, title }) => ({ value: id, title }))}
        value={channel?.id ?? ''}
        // Another channel has other rates; the gates that it follows stay.
        onChange={({ target: { value } }) =>
          onChange({
            channel: value,
            ...(on === undefined ? {} : { on }),
            ...(qubits === undefined ? {} : { qubits }),
          })
        }
      />
      <TypedField
        label="After gates"
        path={`${path}.on`}
        help="all, 1q, 2q, or names: cx, rz"
        error={frame.errors[`${path}.on`]}
        notation={gatesNotation}
        placeholder="all"
        value={on}
        onChange={(next) => onChange(withValue(rule, 'on', next))}
      />
      <ParameterForm
        parameters={[...(channel?.parameters ?? []), ...qubitsField]}
        values={rule}
        frame={frame}
        path={path}
        onChange={onChange}
      />
    </div>
  );
}
