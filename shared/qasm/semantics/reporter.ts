import type { Origin } from '../../circuit/circuit.ts';
import type { Fix, Problem } from '../diagnostic.ts';
import { nearestGate } from './suggest.ts';
import type { Environment } from './environment.ts';

export interface Place {
  readonly start: number;
  readonly end: number;
}

const noProblems: readonly Problem[] = [];

/** Collects what is wrong with one statement's meaning, and knows where the statement stands. */
export class Reporter {
  readonly origin: Origin;
  #problems: Problem[] | null = null;

  constructor(origin: Origin) {
    this.origin = origin;
  }

  get problems(): readonly Problem[] {
    return this.#problems ?? noProblems;
  }

  add(problem: Problem): void {
    this.#problems ??= [];
    this.#problems.push(problem);
  }

  error(code: string, message: string, place: Place, fix?: Fix): null {
    return this.#add('error', 'semantic', code, message, place, fix);
  }

  strict(code: string, message: string, place: Place): null {
    return this.#add('strict', 'semantic', code, message, place);
  }

  /** Something that is right, but will not do what it seems to. */
  warn(code: string, message: string, place: Place): null {
    return this.#add('warning', 'semantic', code, message, place);
  }

  note(code: string, message: string, place: Place): null {
    return this.#add('info', 'semantic', code, message, place);
  }

  lint(code: string, message: string, place: Place): null {
    return this.#add('warning', 'lint', code, message, place);
  }

  #add(
    severity: Problem['severity'],
    phase: Problem['phase'],
    code: string,
    message: string,
    place: Place,
    fix?: Fix,
  ): null {
    this.add({
      severity,
      phase,
      code,
      message,
      start: place.start,
      end: place.end,
      ...(fix === undefined ? {} : { fix }),
    });
    return null;
  }
}

/** A fix that writes another word at the place. */
function writeInstead(place: Place, text: string): Fix {
  return {
    title: `Write “${text}”`,
    edits: [{ start: place.start, end: place.end, text }],
  };
}

/** Says that nothing is known by a gate's name, with the nearest one that is. */
export function reportUnknownGate(
  reporter: Reporter,
  environment: Environment,
  name: string,
  place: Place,
): null {
  const near = nearestGate(name, environment);
  const advice =
    near === null ? 'Declare it with “gate” before it is used.' : `Did you mean “${near}”?`;
  return reporter.error(
    'unknown-gate',
    `There is no gate “${name}”. ${advice}`,
    place,
    near === null ? undefined : writeInstead(place, near),
  );
}
