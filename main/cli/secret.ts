import { readFileSync } from 'node:fs';
import { AppError } from '#shared/base/errors.ts';

const interrupt = '\u0003';
const backspaces = ['\u0008', '\u007f'];

/** A secret from a prompt that shows nothing, or the first line of standard input. */
export async function readSecret(prompt: string): Promise<string> {
  const secret = process.stdin.isTTY ? await ask(prompt) : firstLine(readFileSync(0, 'utf8'));
  if (secret !== '') return secret;
  throw new AppError('bad-input', 'An empty key was given. Type it, or pipe it in.');
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').trim();
}

async function ask(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  const { stdin } = process;
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    let typed = '';
    const end = (): void => {
      stdin.off('data', take);
      stdin.setRawMode(false);
      stdin.pause();
      process.stderr.write('\n');
    };
    const take = (keys: string): void => {
      for (const key of keys) {
        if (key === interrupt) {
          end();
          reject(new AppError('cancelled', 'No key was given.'));
          return;
        }
        if (key === '\r' || key === '\n') {
          end();
          resolve(typed.trim());
          return;
        }
        typed = backspaces.includes(key) ? typed.slice(0, -1) : typed + key;
      }
    };
    stdin.on('data', take);
  });
}
