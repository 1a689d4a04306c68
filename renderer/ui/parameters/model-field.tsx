import { useEffect } from 'react';
import { client } from '#renderer/lib/client.ts';
import { goTo } from '#renderer/lib/navigation.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { Button } from '../button.tsx';
import { SelectField } from '../field.tsx';
import { type FieldOf, labelsOf } from './frame.ts';

/** A trained model of the library. */
export function ModelField(props: FieldOf<'model'>) {
  const { value, onChange } = props;
  const { data, reload } = useRequest('models.list', {});
  useEffect(() => client().on('models.changed', reload), [reload]);
  const kept = (data ?? []).filter(({ checksum }) => checksum !== null);
  const shown = typeof value === 'string' ? value : '';
  const isOffered = kept.some(({ modelId }) => modelId === shown);
  return (
    <>
      <SelectField
        {...labelsOf(props)}
        options={[
          ...(isOffered ? [] : [{ value: shown, title: shown === '' ? 'Choose one' : shown }]),
          ...kept.map(({ modelId, name }) => ({ value: modelId, title: `${name} (${modelId})` })),
        ]}
        value={shown}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      />
      {data === null || kept.length > 0 ? null : (
        <p className="note">
          The library has no model yet: a job of a learner leaves one.{' '}
          <Button onClick={() => goTo('models')}>Models</Button>
        </p>
      )}
    </>
  );
}
