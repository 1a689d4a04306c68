import { useCallback, useEffect, useState } from 'react';
import { type AppError, asAppError } from '#shared/base/errors.ts';
import type { DataPreview, DataReading } from '#shared/ipc/library.ts';
import { client } from '#renderer/lib/client.ts';

export interface Preview {
  /** The last answer; kept while it is asked again with a correction. */
  readonly data: DataPreview | null;
  readonly error: AppError | null;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

const rows = 50;

/** What a text would be as a data set. A long text is not compared, so it must be the same object. */
export function usePreview(text: string | null, reading: DataReading | undefined): Preview {
  const [version, setVersion] = useState(0);
  const [state, setState] = useState<Omit<Preview, 'reload'>>({
    data: null,
    error: null,
    isLoading: true,
  });
  const key = reading === undefined ? '' : JSON.stringify(reading);
  useEffect(() => {
    if (text === null) return undefined;
    let isCurrent = true;
    setState(({ data }) => ({ data, error: null, isLoading: true }));
    const said = key === '' ? {} : { reading: JSON.parse(key) as DataReading };
    client()
      .request('data.preview', { text, rows, ...said })
      .then((data) => isCurrent && setState({ data, error: null, isLoading: false }))
      .catch((thrown: unknown) => {
        const error = asAppError(thrown);
        if (isCurrent) setState(({ data }) => ({ data, error, isLoading: false }));
      });
    return () => {
      isCurrent = false;
    };
  }, [text, key, version]);
  const reload = useCallback(() => setVersion((value) => value + 1), []);
  return { ...state, reload };
}
