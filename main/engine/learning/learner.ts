import { unreachable } from '#shared/base/assert.ts';
import type { Rng } from '#shared/base/rng.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import type { Shape } from '#shared/models/fitted.ts';
import type { Step } from '#shared/problems/tables/preprocessing.ts';
import type { SeriesRows } from '#shared/problems/views/series.ts';
import type { Answer, Ask } from '../programs/program.ts';

/** Rows to answer for, preprocessed. */
export interface Query {
  readonly rows: readonly Float64Array[];
  /** Where they stand in the data, for what looks at a series itself. */
  readonly places: readonly number[];
}

/** One fold: what is learned from, and rows to answer for. */
export interface FitTask {
  readonly train: Query;
  /** Of the training rows: 1 or 0 for classes, else values. */
  readonly labels: readonly number[];
  readonly test: Query;
  /** A stream of this fold's own. */
  readonly rng: Rng;
}

/** What a model says of rows, in their order. */
export interface Told {
  /** Above 0 stands for class 1; or the values themselves. */
  readonly decisions: Float64Array;
  /** Of class 1. */
  readonly probabilities?: Float64Array;
  /** Standard errors of the decisions by the shots that they were measured with; absent where they are exact. */
  readonly stderrs?: Float64Array;
}

/** w·x + intercept. */
export interface LinearModel {
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/** What was learned in a fold, and what it says of the fold's rows. */
export interface Fitted {
  readonly train: Told;
  readonly test: Told;
  /** All that predicting needs beside the settings: `load` reads it back from JSON. */
  readonly model: unknown;
  readonly supportCount?: number;
  /** Of a learner whose decision is linear in the features. */
  readonly linear?: LinearModel;
}

/** Anything that learns from rows, and whose models can be kept. One that asks a quantum computer is a generator. */
export interface Learner {
  readonly id: string;
  /** Steps on the features where a problem names none. */
  readonly preprocessing: readonly Step[];
  /** A step that the learner needs, done after those of a problem unless these end in a range. */
  readonly scaling?: Step;
  fit(task: FitTask): Fitted | Generator<Ask, Fitted, Answer>;
  /** What `fit` kept, as `predict` wants it; throws where the JSON is no such model. */
  load(kept: unknown): unknown;
  /** What a loaded model says of rows; `shots` are those of the job, null where answers are exact. */
  predict(model: unknown, query: Query, shots: number | null): Told | Generator<Ask, Told, Answer>;
  /** The circuit that a loaded model asks about rows of so many features; absent where it is classical. */
  circuit?(model: unknown, features: number): Circuit;
}

/** How a learner comes by its settings, for each of the tasks that it has. `P` is what settings may name. */
export interface Taught<P> {
  /** Tells one of two classes. */
  readonly classes?: (given: Given<P>) => Learner;
  /** Tells values, of rows or of a series. */
  readonly values?: (given: Given<P>) => Learner;
  /** Tells the next values of a series alone. */
  readonly series?: (given: Given<P>, view: Series) => Learner;
}

/** The series that a forecaster looks at: that of its training, or another one that it goes on with. */
export type Series = Pick<SeriesRows, 'series' | 'lags' | 'horizon' | 'behind'>;

export interface Given<P> {
  /** Checked, defaults filled in. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly parts: P;
}

export const standardised: readonly Step[] = [{ id: 'standardise' }];

/** What a function of a row says: values, margins of classes, their log-odds, or the probability of class 1. */
type Tells = 'values' | 'margins' | 'log-odds' | 'probabilities';

interface Described<M> extends Pick<Learner, 'id' | 'preprocessing' | 'scaling'> {
  readonly tells: Tells;
  /** What is kept of it. */
  readonly model: Shape<M>;
  readonly train: (task: FitTask) => NoInfer<M>;
  /** What a model says of a row that stands at a place of the data. */
  readonly says: (model: NoInfer<M>) => (row: Float64Array, place: number) => number;
  /** The model itself, where it is linear in the features. */
  readonly linear?: (model: NoInfer<M>) => LinearModel;
}

/** A classical learner from its two halves: what is learned, and what that says of a row. */
export function learnerOf<M>(described: Described<M>): Learner {
  const { id, preprocessing, scaling, tells, model: shape, train, says, linear } = described;
  const told = (model: M, { rows, places }: Query): Told => {
    const say = says(model);
    return toldAs(
      tells,
      Float64Array.from(rows, (row, i) => say(row, places[i] as number)),
    );
  };
  return {
    id,
    preprocessing,
    ...(scaling === undefined ? {} : { scaling }),
    fit(task) {
      const model = train(task);
      return {
        train: told(model, task.train),
        test: told(model, task.test),
        model,
        ...(linear === undefined ? {} : { linear: linear(model) }),
      };
    },
    load: (kept) => shape.parse(kept),
    // Only what `load` gave comes here.
    predict: (model, query) => told(model as M, query),
  };
}

/** Decisions, and probabilities where they follow. */
export function toldAs(tells: Tells, said: Float64Array): Told {
  switch (tells) {
    case 'values':
    case 'margins':
      return { decisions: said };
    case 'log-odds':
      return { decisions: said, probabilities: said.map(logistic) };
    case 'probabilities':
      return { decisions: said.map((p) => p - 0.5), probabilities: said };
    default:
      return unreachable(tells);
  }
}

/** 1/(1 + e^−z), without overflow. */
export function logistic(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/** Labels 1 and 0 as 1 and −1, for what regresses on classes. */
export function signsOf(labels: readonly number[]): Float64Array {
  return Float64Array.from(labels, (label) => (label === 1 ? 1 : -1));
}

export function dotOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}

export function linearValue({ coefficients, intercept }: LinearModel, row: Float64Array): number {
  return dotOf(coefficients, row) + intercept;
}
