import { useCallback, useEffect, useState } from 'react';
import { type AppError, asAppError } from '#shared/base/errors.ts';
import type { RequestInput, RequestName, RequestOutput } from '#shared/ipc/contract.ts';
import { client } from './client.ts';

export interface RequestState<T> {
  /** The last answer; kept while it is asked again. */
  readonly data: T | null;
  readonly error: AppError | null;
  readonly loading: boolean;
  readonly reload: () => void;
}

interface Settled<T> {
  /** Which question this answers. */
  readonly question: string;
  readonly key: string;
  readonly data: T | null;
  readonly error: AppError | null;
}

/** Asks on mount and whenever the input changes; a late answer to an old question is dropped. */
export function useRequest<N extends RequestName>(
  name: N,
  input: RequestInput<N> | null,
): RequestState<RequestOutput<N>> {
  const [version, setVersion] = useState(0);
  const [settled, setSettled] = useState<Settled<RequestOutput<N>> | null>(null);
  const key = JSON.stringify(input);
  const question = `${name} ${key} ${version}`;
  useEffect(() => {
    if (key === 'null') return undefined;
    let current = true;
    client()
      .request(name, JSON.parse(key) as RequestInput<N>)
      .then((data) => current && setSettled({ question, key, data, error: null }))
      .catch((thrown: unknown) => {
        const error = asAppError(thrown);
        if (!current) return;
        setSettled((before) => {
          const data = before?.key === key ? before.data : null;
          return { question, key, data, error };
        });
      });
    return () => {
      current = false;
    };
  }, [name, key, question]);
  const reload = useCallback(() => setVersion((value) => value + 1), []);
  const answered = settled !== null;
  // What failed while main was away is asked again once it is back, and so is what was answered: it
  // may be another process that knows other things, such as a vault that is locked again.
  useEffect(
    () => (answered ? client().onConnection((connected) => connected && reload()) : undefined),
    [answered, reload],
  );
  const loading = key !== 'null' && settled?.question !== question;
  return {
    data: settled?.key === key ? settled.data : null,
    error: loading ? null : (settled?.error ?? null),
    loading,
    reload,
  };
}
