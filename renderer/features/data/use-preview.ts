import { useCallback, useEffect, useState } from 'react';
import { type AppError, asAppError } from '#shared/base/errors.ts';
import type { DataPreview, DataReading } from '#shared/data/data-set.ts';
import { client } from '#renderer/lib/client.ts';

export interface Preview {
  /** The last answer; kept while it is asked again with a correction. */
  readonly data: DataPreview | null;
  readonly error: AppError | null;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

interface Settled {
  readonly text: string;
  /** Which question about the text this answers. */
  readonly question: string;
  readonly data: DataPreview | null;
  readonly error: AppError | null;
}

const rows = 50;

/** What a text would be as a data set. A long text is not compared, so it must be the same object. */
export function usePreview(text: string | null, reading: DataReading | undefined): Preview {
  const [version, setVersion] = useState(0);
  const [settled, setSettled] = useState<Settled | null>(null);
  const key = reading === undefined ? '' : JSON.stringify(reading);
  const question = `${version} ${key}`;
  useEffect(() => {
    if (text === null) return undefined;
    let isCurrent = true;
    const said = key === '' ? {} : { reading: JSON.parse(key) as DataReading };
    client()
      .request('data.preview', { text, rows, ...said })
      .then((data) => isCurrent && setSettled({ text, question, data, error: null }))
      .catch((thrown: unknown) => {
        if (isCurrent) setSettled({ text, question, data: null, error: asAppError(thrown) });
      });
    return () => {
      isCurrent = false;
    };
  }, [text, key, question]);
  const reload = useCallback(() => setVersion((value) => value + 1), []);
  const isLoading = settled?.question !== question || settled.text !== text;
  const error = isLoading ? null : settled.error;
  return { data: settled?.data ?? null, error, isLoading, reload };
}
