import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#shared/base/errors.ts';
import {
  type JobDocument,
  jobDocumentSchema,
  type JobSpec,
  jobSpecSchema,
  type Series,
} from '#shared/jobs/job.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import { codeOf, writeDurably } from '../storage/files.ts';
import { readRecords, RecordFile } from './record-file.ts';
import { readSeries } from './series-files.ts';

/** A line of a job's log for people. */
export interface LogLine {
  readonly at: string;
  readonly text: string;
}

interface Submission {
  readonly askIndex: number;
  readonly vendorJobId: string;
}

/** One job's files: spec, run log, vendor jobs, curves, log for people, final document. */
export class JobFolder {
  readonly path: string;

  constructor(jobsFolder: string, jobId: string) {
    this.path = join(jobsFolder, jobId);
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
  }

  async writeSpec(spec: JobSpec): Promise<void> {
    await writeDurably(join(this.path, 'spec.json'), JSON.stringify(spec));
  }

  async readSpec(): Promise<JobSpec> {
    return jobSpecSchema.parse(JSON.parse(await this.#read('spec.json')));
  }

  async writeDocument(document: JobDocument): Promise<void> {
    await writeDurably(join(this.path, 'document.json'), stringifyPlain(document));
  }

  async readDocument(): Promise<JobDocument> {
    return jobDocumentSchema.parse(JSON.parse(await this.#read('document.json')));
  }

  say(at: Date, text: string): void {
    appendFileSync(
      join(this.path, 'log.jsonl'),
      `${JSON.stringify({ at: at.toISOString(), text } satisfies LogLine)}\n`,
      { mode: 0o600 },
    );
  }

  /** A line that was torn off by a crash is left out. */
  readLog(): LogLine[] {
    let text: string;
    try {
      text = readFileSync(join(this.path, 'log.jsonl'), 'utf8');
    } catch (thrown) {
      if (codeOf(thrown) === 'ENOENT') return [];
      throw thrown;
    }
    const lines = text.split('\n').filter((line) => line.endsWith('}'));
    return lines.map((line) => JSON.parse(line) as LogLine);
  }

  readSeries(points: number): Series[] {
    return readSeries(join(this.path, 'series'), points);
  }

  /** Keeps a vendor's job id; it is on disk when this returns. */
  recordSubmitted(submission: Submission): void {
    const path = join(this.path, 'submitted.log');
    const file = new RecordFile(path, readRecords(path).wholeBytes);
    file.append(submission);
    file.dispose();
  }

  /** Vendor jobs that were submitted for an ask, oldest first. */
  submittedFor(askIndex: number): string[] {
    const { records } = readRecords(join(this.path, 'submitted.log'));
    return (records as Submission[])
      .filter((record) => record.askIndex === askIndex)
      .map(({ vendorJobId }) => vendorJobId);
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  async #read(name: string): Promise<string> {
    try {
      return await readFile(join(this.path, name), 'utf8');
    } catch (thrown) {
      throw new AppError(
        'corrupt',
        `The job’s ${name} cannot be read. It is damaged or was removed; submit the job anew.`,
        { file: join(this.path, name) },
        thrown,
      );
    }
  }
}
