import { createHash } from 'node:crypto';
import type { Disposable } from '#shared/base/disposable.ts';
import { AppError } from '#shared/base/errors.ts';
import { encodeValue } from '#shared/ipc/wire.ts';
import type { JobSpec } from '#shared/jobs/job.ts';
import { type Answer, type Ask, isTold } from '#engine/programs/program.ts';
import { readRecords, RecordFile } from '../storage/record-file.ts';

/** Changes when a log of before cannot be continued. */
const logVersion = 2;

interface Header {
  readonly kind: 'header';
  readonly logVersion: number;
  readonly version: string;
  readonly spec: JobSpec;
}

type RunRecord =
  | Header
  /** The hash tells on resume whether the program still asks the same. */
  | { readonly kind: 'asked'; readonly index: number; readonly hash: string }
  /** `answer` null: too large to keep, it is computed again from the same random stream. */
  | {
      readonly kind: 'answered';
      readonly index: number;
      readonly answer: Answer | null;
      readonly seconds: number;
    }
  | { readonly kind: 'snapshot'; readonly index: number; readonly state: unknown }
  /** The progress told here was answered by a request to finish, and so is all progress after it. */
  | { readonly kind: 'finish'; readonly index: number }
  /** From here on another version runs, from a snapshot of the one before; its asks count on from `first`. */
  | {
      readonly kind: 'resumed';
      readonly version: string;
      readonly first: number;
      readonly state: unknown;
    };

/** Larger answers are left out of the log unless they were bought. */
const keptAnswerBytes = 1 << 16;

export interface RunLogOptions {
  readonly path: string;
  readonly version: string;
  readonly spec: JobSpec;
  /** Answers come from a machine that is paid for: every one of them is kept. */
  readonly bought: boolean;
  /** Waits where the disk has no room; false where it is not to be waited any longer. */
  readonly waitForRoom?: (thrown: unknown) => boolean;
}

/** What the versions that worked on a run before left to the one that goes on with it. */
interface Handed {
  /** Version of the last part. */
  readonly version: string;
  /** Where its asks begin to count. */
  readonly first: number;
  /** The snapshot that the last part began from; undefined: from the beginning. */
  readonly state: unknown;
}

/**
 * The log of one run: what was asked and answered, in order. A run that starts over an existing log
 * is handed the recorded answers as long as it asks the same, and so reaches the same bits. One of another
 * version, whose numbers might differ, goes on from the last snapshot instead.
 */
export class RunLog implements Disposable {
  readonly #file: RecordFile;
  readonly #bought: boolean;
  readonly #waitForRoom: (thrown: unknown) => boolean;
  readonly #hashes: readonly string[];
  readonly #answers: readonly (Answer | null)[];
  /** From which ask on the run was asked to finish. */
  #finishFrom: number;
  /** Seconds that earlier parts of this run have worked. */
  readonly secondsBefore: number;
  /** Bytes of a torn last record that were dropped. */
  readonly tornBytes: number;
  /** What the first ask of this part is numbered. */
  readonly first: number;
  /** What this part begins from; undefined: from the beginning. */
  readonly snapshotBefore: unknown;
  /** The version that began this run, where it was another one; null otherwise. */
  readonly begunBy: string | null;

  constructor(options: RunLogOptions) {
    const found = readRecords(options.path);
    const records = found.records as readonly RunRecord[];
    const part = lastPart(records, options);
    const hashes: string[] = [];
    const answers: (Answer | null)[] = [];
    let seconds = 0;
    for (const record of records) {
      if (record.kind === 'asked') hashes[record.index] = record.hash;
      if (record.kind === 'answered') {
        answers[record.index] = record.answer;
        seconds = record.seconds;
      }
    }
    this.#hashes = hashes;
    this.#answers = answers;
    this.#finishFrom = records.find((record) => record.kind === 'finish')?.index ?? Infinity;
    this.#bought = options.bought;
    this.#waitForRoom = options.waitForRoom ?? (() => false);
    this.secondsBefore = seconds;
    this.tornBytes = found.tornBytes;
    this.#file = new RecordFile(options.path, found.wholeBytes);
    const { version, spec } = options;
    const begun = records[0]?.kind === 'header' ? records[0].version : version;
    this.begunBy = begun === version ? null : begun;
    if (part === null) {
      this.first = 0;
      this.snapshotBefore = undefined;
      this.#append({ kind: 'header', logVersion, version, spec } satisfies Header);
      this.#file.sync();
      return;
    }
    const handed = part.version === version ? part : handOver(records, part, options);
    this.first = handed.first;
    this.snapshotBefore = handed.state;
    if (handed === part) return;
    this.#append({ kind: 'resumed', ...handed });
    this.#file.sync();
  }

  /** How many asks have a record already. */
  get askedBefore(): number {
    return Math.max(0, this.#hashes.length - this.first);
  }

  /** The recorded answer, or null where it must be asked. Throws where the program has changed. */
  recall(ask: Ask, index: number): Answer | null {
    if (!isLogged(ask)) return null;
    const hash = hashOf(ask);
    const before = this.#hashes[index];
    if (before === undefined) {
      this.#append({ kind: 'asked', index, hash });
      return null;
    }
    if (before !== hash) {
      throw new AppError(
        'conflict',
        `The log of this run does not fit any more: at step ${index} it now asks something else than when it was interrupted, because the data or the program changed. Submit the job anew.`,
        { step: index },
      );
    }
    return this.#answers[index] ?? null;
  }

  answered(
    ask: Ask,
    index: number,
    { answer, seconds }: { readonly answer: Answer; readonly seconds: number },
  ): void {
    if (!isLogged(ask)) return;
    const kept = this.#bought || sizeOf(answer) <= keptAnswerBytes;
    this.#append({ kind: 'answered', index, answer: kept ? answer : null, seconds });
    if (this.#bought) this.#file.sync();
  }

  snapshot(index: number, state: unknown): void {
    this.#append({ kind: 'snapshot', index, state });
  }

  /** Whether progress told at this ask is answered by a request to finish. */
  isFinishing(index: number): boolean {
    return index >= this.#finishFrom;
  }

  /** Keeps a request to finish; false where the run went on from here before, and must do so again. */
  finish(index: number): boolean {
    if (index < this.#hashes.length) return false;
    this.#finishFrom = index;
    this.#append({ kind: 'finish', index });
    this.#file.sync();
    return true;
  }

  dispose(): void {
    this.#file.dispose();
  }

  #append(record: RunRecord): void {
    for (;;) {
      try {
        this.#file.append(record);
        return;
      } catch (thrown) {
        if (!this.#waitForRoom(thrown)) throw thrown;
      }
    }
  }
}

/** Only what costs something is kept: a circuit must be sent again, progress is told again. */
function isLogged(ask: Ask): boolean {
  return !isTold(ask);
}

function hashOf(ask: Ask): string {
  return createHash('sha256').update(encodeValue(ask)).digest('base64url').slice(0, 16);
}

function sizeOf(answer: Answer): number {
  switch (answer.kind) {
    case 'done':
    case 'finish':
      return 0;
    case 'samples':
    case 'runs':
      return answer.counts.reduce(
        (sum, { outcomes, counts }) => sum + outcomes.words.byteLength + counts.byteLength,
        0,
      );
    case 'gradients':
      return answer.gradients.byteLength + 2 * answer.values.byteLength;
    case 'expectations':
      return 2 * answer.values.byteLength;
    case 'probabilities':
    case 'overlaps':
    case 'metric':
      return answer.values.byteLength;
  }
}

/** The part of the log that was written last; null for a new one. */
function lastPart(records: readonly RunRecord[], options: RunLogOptions): Handed | null {
  const [header] = records;
  if (header === undefined) return null;
  if (header.kind !== 'header' || header.logVersion !== logVersion) {
    throw cannotGoOn(header.kind === 'header' ? header.version : null, options);
  }
  const resumed = records.findLast((record) => record.kind === 'resumed');
  return resumed ?? { version: header.version, first: 0, state: undefined };
}

/** What another version goes on from: the last snapshot. Without one it begins anew, unless answers were bought. */
function handOver(records: readonly RunRecord[], part: Handed, options: RunLogOptions): Handed {
  const asked = records.findLast((record) => record.kind === 'asked');
  const first = asked === undefined ? part.first : asked.index + 1;
  const snapshot = records.findLast(
    (record) => record.kind === 'snapshot' && record.index >= part.first,
  );
  const state = snapshot?.kind === 'snapshot' ? snapshot.state : part.state;
  if (state === undefined && options.bought && first > 0) throw cannotGoOn(part.version, options);
  return { version: options.version, first, state };
}

function cannotGoOn(found: string | null, { version }: RunLogOptions): AppError {
  const by = found === null ? 'an unknown program' : `Ketbench ${found}`;
  return new AppError(
    'conflict',
    `This run was begun by ${by} and cannot be continued by Ketbench ${version}: its numbers might differ, and it left no state to go on from. Submit the job anew.`,
    { found, version },
  );
}
