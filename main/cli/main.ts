import { parseArgs } from 'node:util';
import { AppError, asAppError } from '#shared/base/errors.ts';
import { stringifyPlain } from '#shared/ipc/plain-json.ts';
import { speakPlainly } from '../schema-words.ts';
import type { Command } from './command.ts';
import { reportFailure } from './output.ts';

/** Loaded one at a time: a command starts no slower for those beside it. */
const commands: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  benchmark: () => import('./commands/benchmark.ts'),
  calibration: () => import('./commands/calibration.ts'),
  catalog: () => import('./commands/catalog.ts'),
  check: () => import('./commands/check.ts'),
  compare: () => import('./commands/compare.ts'),
  compile: () => import('./commands/compile.ts'),
  convert: () => import('./commands/convert.ts'),
  credentials: () => import('./commands/credentials.ts'),
  devices: () => import('./commands/devices.ts'),
  equivalent: () => import('./commands/equivalent.ts'),
  jobs: () => import('./commands/jobs.ts'),
  library: () => import('./commands/library.ts'),
  mitigate: () => import('./commands/mitigate.ts'),
  mcp: () => import('./commands/mcp.ts'),
  models: () => import('./commands/models.ts'),
  open: () => import('./commands/open.ts'),
  predict: () => import('./commands/predict.ts'),
  report: () => import('./commands/report.ts'),
  run: () => import('./commands/run.ts'),
  serve: () => import('./commands/serve.ts'),
  simulate: () => import('./commands/simulate.ts'),
  verify: () => import('./commands/verify.ts'),
};

async function main(parameters: readonly string[]): Promise<number> {
  const [name, ...rest] = parameters;
  const json = parameters.includes('--json');
  try {
    if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
      return await printHelp(rest[0]);
    }
    if (name === '--version') return await printVersion();
    const command = await loadCommand(name);
    if (rest.includes('--help') || rest.includes('-h')) return await printHelp(name);
    return await runCommand(name, command, rest);
  } catch (thrown) {
    return reportFailure(asAppError(thrown), json);
  }
}

async function loadCommand(name: string): Promise<Command> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load !== undefined) return (await load()).command;
  throw new AppError(
    'bad-input',
    `There is no command “${name}”. The commands are ${Object.keys(commands).join(', ')}; “ketbench --help” explains them.`,
  );
}

async function runCommand(
  name: string,
  command: Command,
  rest: readonly string[],
): Promise<number> {
  const { values, positionals } = parse(command, rest);
  const [least, most] = command.arguments;
  if (positionals.length < least || positionals.length > most) {
    const wanted = least === most ? String(least) : `${least} to ${most}`;
    const plural = most === 1 ? '' : 's';
    throw new AppError(
      'bad-input',
      `“${name}” takes ${wanted} argument${plural}; got ${positionals.length}. Usage: ketbench ${command.usage}`,
      { command: name },
    );
  }
  const json = values.json === true;
  return command.run({
    positionals,
    values,
    json,
    print: (result, text) => {
      process.stdout.write(json ? `${stringifyPlain(result)}\n` : `${text()}\n`);
    },
  });
}

function parse(
  command: Command,
  rest: readonly string[],
): Pick<Parameters<Command['run']>[0], 'values' | 'positionals'> {
  try {
    return parseArgs({
      args: withEmptyValues(command, rest),
      options: { json: { type: 'boolean' }, ...command.options },
      allowPositionals: true,
      strict: true,
    });
  } catch (thrown) {
    throw new AppError('bad-input', `${faultOf(thrown)} Usage: ketbench ${command.usage}`);
  }
}

/** An option that may stand without a value is given an empty one where none follows. */
function withEmptyValues({ optionalValues }: Command, rest: readonly string[]): string[] {
  return rest.map((one, k) => {
    const form = one.startsWith('--') ? optionalValues?.[one.slice(2)] : undefined;
    return form === undefined || form.test(rest[k + 1] ?? '') ? one : `${one}=`;
  });
}

/** The first sentence of what Node says of options; the rest advises what no command here takes. */
function faultOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const option = /^Unknown option '([^']*)'/.exec(message)?.[1];
  if (option !== undefined) return `There is no option “${option}”.`;
  return `${message.split('. ', 1)[0]?.replace(/\.$/, '') ?? message}.`;
}

async function printHelp(name: string | undefined): Promise<number> {
  const { helpOf, overview } = await import('./help.ts');
  if (name !== undefined) {
    process.stdout.write(`${helpOf(await loadCommand(name))}\n`);
    return 0;
  }
  const all = await Promise.all(
    Object.values(commands).map(async (load) => (await load()).command),
  );
  process.stdout.write(`${overview(all)}\n`);
  return 0;
}

async function printVersion(): Promise<number> {
  const { readVersion } = await import('../project.ts');
  process.stdout.write(`${readVersion()}\n`);
  return 0;
}

// A reader that has gone (`ketbench … | head`) is no failure.
process.stdout.on('error', () => process.exit(0));
// Started by a wrapper that is gone: whoever asked does not wait any more.
if (process.env.KETBENCH_ATTACHED === '1') {
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}
speakPlainly();
const code = await main(process.argv.slice(2));
// Ends after the last byte is out; threads that are still there do not matter then.
process.stdout.write('', () => process.exit(code));
