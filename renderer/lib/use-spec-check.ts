import { useEffect, useState } from 'react';
import { type AppError, asAppError } from '#shared/base/errors.ts';
import type { Forecast } from '#shared/jobs/forecast.ts';
import { client } from './client.ts';
import { errorsByPath } from './errors-by-path.ts';

export interface SpecCheck {
  /** By path in the spec, e.g. "problem.budget". */
  readonly errors: Readonly<Record<string, string>>;
  readonly forecast: Forecast | null;
  /** The check itself did not work. */
  readonly failure: AppError | null;
  /** What stands here is of an earlier spec. */
  readonly isChecking: boolean;
}

interface Answer extends Omit<SpecCheck, 'isChecking'> {
  /** The spec that it is about. */
  readonly key: string;
}

const pauseMs = 250;

/**
 * Has main check a spec a moment after each change; the last answer stays until the next comes. A
 * check that is overtaken by another change is given up.
 */
export function useSpecCheck(spec: unknown): SpecCheck {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [round, setRound] = useState(0);
  const key = `${round} ${JSON.stringify(spec)}`;
  useEffect(() => {
    const asked = new AbortController();
    const timer = setTimeout(() => {
      const sent: unknown = JSON.parse(key.slice(key.indexOf(' ') + 1));
      client()
        .request('jobs.validate', { spec: sent }, asked.signal)
        .then(({ errors, forecast }) => ({ errors: errorsByPath(errors), forecast, failure: null }))
        .catch((thrown: unknown) => ({ errors: {}, forecast: null, failure: asAppError(thrown) }))
        .then((found) => {
          if (!asked.signal.aborted) setAnswer({ key, ...found });
        })
        .catch(() => undefined);
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [key]);
  // Another process may know other things: a device, a table that is gone.
  useEffect(
    () => client().onConnection((connected) => connected && setRound((count) => count + 1)),
    [],
  );
  const { errors = {}, forecast = null, failure = null } = answer ?? {};
  return { errors, forecast, failure, isChecking: answer?.key !== key };
}
