import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { projectRoot } from '#main/project.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as a process of its own, over a library of its own. */
export class Ketbench {
  readonly #home: string;
  readonly #nodeOptions: readonly string[];

  constructor(home: string, nodeOptions: readonly string[] = []) {
    this.#home = home;
    this.#nodeOptions = nodeOptions;
  }

  start(...parameters: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
    const script = join(projectRoot, 'main', 'cli', 'main.ts');
    return spawn(process.execPath, [...this.#nodeOptions, script, ...parameters], {
      cwd: projectRoot,
      env: { ...process.env, KETBENCH_HOME: this.#home, KETBENCH_ATTACHED: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  run(...parameters: readonly string[]): Promise<Finished> {
    return finish(this.start(...parameters));
  }

  /** Runs with `--json`; the whole of standard output must be one document. */
  async json(...parameters: readonly string[]): Promise<{ code: number | null; value: never }> {
    const { code, stdout, stderr } = await this.run(...parameters, '--json');
    try {
      return { code, value: JSON.parse(stdout) as never };
    } catch {
      throw new Error(`Not one JSON document: “${stdout}”; standard error: ${stderr}`);
    }
  }
}

/** Collects what a process says until it ends. */
export function finish(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Resolves with the first match in a stream's text. */
export function waitFor(stream: Readable, pattern: RegExp): Promise<RegExpExecArray> {
  let text = '';
  return new Promise((resolve, reject) => {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const match = pattern.exec(text);
      if (match !== null) resolve(match);
    });
    stream.on('end', () => reject(new Error(`It ended without ${String(pattern)}: ${text}`)));
  });
}
