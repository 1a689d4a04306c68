import { useEffect, useState } from 'react';
import { type AppError, asAppError } from '#shared/base/errors.ts';
import type { RequestOutput } from '#shared/ipc/contract.ts';
import { client } from './client.ts';
import { errorsByPath } from './errors-by-path.ts';

export interface SpecCheck {
  /** By path in the spec, e.g. "problem.budget". */
  readonly errors: Readonly<Record<string, string>>;
  readonly hasErrors: boolean;
  readonly forecast: RequestOutput<'jobs.validate'>['forecast'];
  /** The check itself did not work. */
  readonly failure: AppError | null;
}

const nothingWrong: SpecCheck = { errors: {}, hasErrors: false, forecast: null, failure: null };
const pauseMs = 250;

/** Has main check a spec a moment after each change; the last answer stays until the next comes. */
export function useSpecCheck(spec: unknown): SpecCheck {
  const [check, setCheck] = useState(nothingWrong);
  const key = JSON.stringify(spec);
  useEffect(() => {
    if (key === undefined || key === 'null') return undefined;
    let current = true;
    const timer = setTimeout(() => {
      client()
        .request('jobs.validate', { spec: JSON.parse(key) as unknown })
        .then(({ errors, forecast }) => {
          const hasErrors = errors.length > 0;
          if (current)
            setCheck({ errors: errorsByPath(errors), hasErrors, forecast, failure: null });
        })
        .catch((thrown: unknown) => {
          if (current) setCheck({ ...nothingWrong, failure: asAppError(thrown) });
        });
    }, pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [key]);
  return check;
}
