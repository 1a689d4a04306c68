import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/base/errors.ts';
import { deviceRecordSchema } from '#shared/devices/calibration/kept.ts';
import type { DeviceRecord } from '#shared/devices/device.ts';
import { isDiskFault } from '#shared/base/system-errors.ts';
import {
  type JobDocument,
  jobDocumentSchema,
  type JobSpec,
  jobSpecSchema,
} from '#shared/jobs/job.ts';
import { type TrainedModel, trainedSchema } from '#shared/models/kept-model.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import { appendWhole } from '../storage/append-file.ts';
import { codeOf, writeDurably } from '../storage/files.ts';
import { readRecords, RecordFile } from '../storage/record-file.ts';
import type { Curve } from '#shared/jobs/curve.ts';
import { type CurveWindow, readCurves } from './read-curves.ts';

const logLineSchema = z.object({ at: z.string(), text: z.string() });

/** A line of a job's log for people. */
export type LogLine = z.infer<typeof logLineSchema>;

/** An ask of a run, or the part of it that one of several backends was given. */
export interface AskPlace {
  readonly askIndex: number;
  readonly part?: number;
  readonly backend?: string;
}

interface Submission extends AskPlace {
  readonly vendorJobId: string;
}

const calibrationsName = 'calibrations.json';

/** One job's files: spec, run log, vendor jobs, curves, log for people, final document. */
export class JobFolder {
  readonly path: string;

  constructor(jobsFolder: string, jobId: string) {
    this.path = join(jobsFolder, jobId);
  }

  async writeSpec(spec: JobSpec): Promise<void> {
    this.#create();
    await writeDurably(join(this.path, 'spec.json'), JSON.stringify(spec));
  }

  async readSpec(): Promise<JobSpec> {
    return this.#read('spec.json', jobSpecSchema);
  }

  /** Machines as they are to be taken whenever the job goes on; nothing where it uses their records. */
  async writeCalibrations(devices: readonly DeviceRecord[]): Promise<void> {
    if (devices.length === 0) return;
    this.#create();
    await writeDurably(join(this.path, calibrationsName), JSON.stringify(devices));
  }

  async readCalibrations(): Promise<readonly DeviceRecord[]> {
    if (!existsSync(join(this.path, calibrationsName))) return [];
    return this.#read(calibrationsName, z.array(deviceRecordSchema));
  }

  /** Gives the hash of what was written. */
  async writeDocument(document: JobDocument): Promise<string> {
    this.#create();
    const text = stringifyPlain(document);
    await writeDurably(join(this.path, 'document.json'), text);
    return hashOf(text);
  }

  /** What the job has learned, until it is among the models of the library. */
  async writeModel(model: TrainedModel): Promise<void> {
    this.#create();
    await writeDurably(join(this.path, 'model.json'), stringifyPlain(model));
  }

  /** Null where the job has learned nothing, or it is kept already. */
  async readModel(): Promise<TrainedModel | null> {
    const path = join(this.path, 'model.json');
    if (!existsSync(path)) return null;
    return this.#read('model.json', trainedSchema);
  }

  async removeModel(): Promise<void> {
    await rm(join(this.path, 'model.json'), { force: true });
  }

  /** `hash`, where it is known, finds what no schema can. */
  async readDocument(hash: string | null = null): Promise<JobDocument> {
    return this.#read('document.json', jobDocumentSchema, hash);
  }

  #create(): void {
    try {
      // Not recursive: on a read-only disk that would tell of a missing folder instead.
      mkdirSync(this.path, { mode: 0o700 });
    } catch (thrown) {
      if (codeOf(thrown) !== 'EEXIST') throw thrown;
    }
  }

  /** A line for people; where the disk has no room or the folder is gone it is left out. */
  say(at: Date, text: string): void {
    const line = `${JSON.stringify({ at: at.toISOString(), text } satisfies LogLine)}\n`;
    try {
      appendWhole(join(this.path, 'log.jsonl'), line, false);
    } catch (thrown) {
      if (!isDiskFault(thrown) && codeOf(thrown) !== 'ENOENT') throw thrown;
    }
  }

  /** Lines that a crash tore or that are damaged are left out. */
  readLog(): LogLine[] {
    let text: string;
    try {
      text = readFileSync(join(this.path, 'log.jsonl'), 'utf8');
    } catch (thrown) {
      if (codeOf(thrown) === 'ENOENT') return [];
      throw thrown;
    }
    return text.split('\n').flatMap((line) => {
      const parsed = logLineSchema.safeParse(jsonOrNull(line));
      return parsed.success ? [parsed.data] : [];
    });
  }

  readCurves(window: CurveWindow): Omit<Curve, 'run'>[] {
    return readCurves(join(this.path, 'series'), window);
  }

  /** Keeps a vendor's job id; it is on disk when this returns. */
  recordSubmitted(submission: Submission): void {
    const path = join(this.path, 'submitted.log');
    const file = new RecordFile(path, readRecords(path).wholeBytes);
    file.append(submission);
    file.dispose();
  }

  /** Vendor jobs that were submitted for an ask, oldest first. */
  submittedFor({ askIndex, part, backend }: AskPlace): string[] {
    const { records } = readRecords(join(this.path, 'submitted.log'));
    return (records as Submission[])
      .filter((one) => one.askIndex === askIndex && one.part === part && one.backend === backend)
      .map(({ vendorJobId }) => vendorJobId);
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  async #read<S extends z.ZodType>(
    name: string,
    schema: S,
    hash: string | null = null,
  ): Promise<z.infer<S>> {
    let text: string;
    try {
      text = await readFile(join(this.path, name), 'utf8');
    } catch (thrown) {
      if (codeOf(thrown) !== 'ENOENT') throw thrown;
      throw new AppError('corrupt', `The job’s ${name} is missing. Submit the job anew.`, { name });
    }
    const parsed = schema.safeParse(jsonOrNull(text));
    const isSame = hash === null || hash === hashOf(text);
    if (parsed.success && isSame) return parsed.data;
    throw new AppError('corrupt', `The job’s ${name} is damaged. Submit the job anew.`, { name });
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
