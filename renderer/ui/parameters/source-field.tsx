import { FileText } from 'lucide-react';
import { chooseTextFile } from '#renderer/lib/download.ts';
import { notifyError } from '#renderer/lib/notices.ts';
import { useWorkspace } from '#renderer/lib/workspace/workspace-store.ts';
import { Button } from '../button.tsx';
import { SelectField, TextArea, TextField } from '../field.tsx';
import { type FieldOf, labelsOf } from './frame.ts';
import { withValue } from '../../lib/form-values.ts';

/** A long text: typed, a program also from a circuit that is open. */
export function SourceField(props: FieldOf<'source'>) {
  const { value, onChange } = props;
  const open = useWorkspace((state) => state.documents);
  return (
    <>
      {open.length === 0 || props.parameter.language !== 'openqasm' ? null : (
        <SelectField
          label={`${props.parameter.title} of an open circuit`}
          options={[
            { value: '', title: 'Choose one to copy its text' },
            ...open.map(({ key, name }) => ({ value: key, title: name })),
          ]}
          value=""
          onChange={(event) => {
            const document = open.find(({ key }) => key === event.target.value);
            if (document !== undefined) onChange(document.parsed.text);
          }}
        />
      )}
      <TextArea
        {...labelsOf(props)}
        rows={9}
        className="field-input mono"
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      />
    </>
  );
}

/** A file's text goes into the field that stands beside it: a window keeps no paths. */
export function FileField(props: FieldOf<'file'>) {
  const { parameter, values, onValues, value, onChange } = props;
  const open = async (): Promise<void> => {
    const file = await chooseTextFile('.qasm,.inc,.txt,.fcidump');
    if (file === null) return;
    onValues(withValue(withValue(values, parameter.id, undefined), parameter.insteadOf, file.text));
  };
  return (
    <>
      {value === undefined ? null : (
        <TextField
          {...labelsOf(props)}
          value={typeof value === 'string' ? value : JSON.stringify(value)}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
        />
      )}
      <div>
        <Button icon={<FileText size={14} />} onClick={() => void open().catch(notifyError)}>
          Read a file…
        </Button>
      </div>
    </>
  );
}
