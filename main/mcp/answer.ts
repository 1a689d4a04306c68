import { z } from 'zod';
import type { Forecast } from '#shared/jobs/forecast.ts';

const span = z.tuple([z.number(), z.number()]).nullable();

/**
 * What every tool answers: the result, and beside it what somebody who decides by it must know of answers that are
 * probabilistic, slow and paid for.
 */
export const answerSchema = z.object({
  result: z.unknown(),
  uncertainty: z.object({
    /** `exact`: no sampling and no fit; `statistical`: standard errors or intervals stand in the result. */
    kind: z.enum(['exact', 'statistical', 'unknown', 'none']),
    note: z.string(),
  }),
  latency: z.object({
    /** Seconds in queues and of running, [least, most]; null where nobody knows. */
    queueSeconds: span,
    runSeconds: span,
    note: z.string(),
  }),
  /** USD. */
  cost: z.object({
    soFar: z.number(),
    /** [least, most] of what is still to come of this; null where nobody knows. */
    toCome: span,
    /** What this agent may still spend; 0 where it may not buy. */
    budgetLeft: z.number(),
    currency: z.literal('USD'),
  }),
  /** How the result is to be read: units, orders of bits, where files lie. */
  format: z.string(),
  limits: z.array(z.string()),
  /** Tools that lead on from here. */
  next: z.array(z.string()),
});

export type Answer = z.infer<typeof answerSchema>;

/** What a tool has to say; the rest is filled in. */
export type Said = Pick<Answer, 'result' | 'format'> &
  Partial<Pick<Answer, 'uncertainty' | 'latency' | 'limits' | 'next'>> & {
    readonly soFar?: number;
    readonly toCome?: Answer['cost']['toCome'];
  };

/** An answer that is a fact of the library or the catalog: at once, free and certain. */
export function answerOf(said: Said, budgetLeft: number): Answer {
  const { soFar = 0, toCome = [0, 0], result, format } = said;
  return {
    result,
    uncertainty: said.uncertainty ?? { kind: 'none', note: 'A fact, not an estimate.' },
    latency: said.latency ?? { queueSeconds: [0, 0], runSeconds: [0, 0], note: 'It is here.' },
    cost: { soFar, toCome, budgetLeft, currency: 'USD' },
    format,
    limits: said.limits ?? [],
    next: said.next ?? [],
  };
}

/** Forecasts of times are right to about this factor either way: other work on the machine decides the rest. */
const timesWithin = 3;

export function latencyOf(forecast: Forecast | null): Answer['latency'] {
  const seconds = forecast?.seconds ?? null;
  return {
    queueSeconds: null,
    runSeconds: seconds === null ? null : [seconds / timesWithin, seconds * timesWithin],
    note:
      seconds === null
        ? 'How long it takes is not known before it runs; follow_job tells once it does.'
        : `A forecast of running, within a factor of ${timesWithin} either way; waiting for a thread or a vendor comes on top.`,
  };
}

/** A job may end before its forecast, so that the least of it is nothing. */
export function costOf(forecast: Forecast | null): Answer['cost']['toCome'] {
  const cost = forecast?.cost ?? null;
  return cost === null ? null : [0, cost];
}
