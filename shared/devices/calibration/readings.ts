/** A figure for all places, or by place: "3" is a qubit, "3 4" a pair; null is out of use. */
export type Reading = number | ReadonlyMap<string, number | null>;

/** What a calibration file says of a machine, in seconds and probabilities; qubits count from 0. */
export interface Readings {
  /** The machine's name in the file; null where it has none. */
  readonly device: string | null;
  /** How many it has, where the file is of all of them; null otherwise. */
  readonly qubits: number | null;
  /** ISO 8601; null where the file has none. */
  readonly calibratedAt: string | null;
  readonly T1?: Reading;
  readonly T2?: Reading;
  readonly read1Given0?: Reading;
  readonly read0Given1?: Reading;
  readonly readoutDuration?: number;
  /** Average infidelities and durations, by the registry's ids of the gates. */
  readonly gates: ReadonlyMap<string, { readonly error?: Reading; readonly duration?: Reading }>;
}

/** A format of calibration files: one file and one line in the registry. */
export interface CalibrationFormat {
  readonly id: string;
  readonly title: string;
  /** Who writes it and where its description stands. */
  readonly summary: string;
  /** What a file holds in this format; null where it is another one. Faults are `bad-input`. */
  readonly read: (text: string, json: unknown) => Readings | null;
}

/** The median of what is known; null of nothing. */
export function middleOf(values: Iterable<number | null>): number | null {
  const known = [...values].filter((one) => one !== null).toSorted((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? null;
}

/** The place of qubits as readings name it. */
export function placeOf(qubits: readonly number[]): string {
  return qubits.join(' ');
}

/** Figures of one gate as they are read, place by place. */
export class GateReadings {
  readonly #errors = new Map<string, Map<string, number | null>>();
  readonly #durations = new Map<string, Map<string, number | null>>();

  error(gate: string, place: string, value: number | null): void {
    // Certain failure is how vendors say that a place is not calibrated.
    put(this.#errors, gate, place, value !== null && value >= 1 ? null : value);
  }

  duration(gate: string, place: string, seconds: number | null): void {
    put(this.#durations, gate, place, seconds);
  }

  get gates(): Readings['gates'] {
    const names = new Set([...this.#errors.keys(), ...this.#durations.keys()]);
    return new Map(
      Array.from(names, (gate) => {
        const [error, duration] = [this.#errors.get(gate), this.#durations.get(gate)];
        return [
          gate,
          {
            ...(error === undefined ? {} : { error }),
            ...(duration === undefined ? {} : { duration }),
          },
        ];
      }),
    );
  }
}

function put(
  table: Map<string, Map<string, number | null>>,
  gate: string,
  place: string,
  value: number | null,
): void {
  const places = table.get(gate) ?? new Map<string, number | null>();
  table.set(gate, places.set(place, value));
}
