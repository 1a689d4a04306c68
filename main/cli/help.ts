import type { Command } from './command.ts';
import { formatTable } from './output.ts';

/** What `ketbench --help` prints. */
export function overview(commands: readonly Command[]): string {
  const rows = commands.map(({ usage, summary }) => [`  ${usage.split(' ')[0]}`, summary]);
  return `Ketbench, a workbench for quantum researchers.

Usage: ketbench <command> [arguments] [--json]

${formatTable(rows)}

“ketbench <command> --help” explains one command. With --json, standard output is one JSON
document; NaN and infinities are strings in it. Exit codes: 0 done, 1 failed, 2 bad input,
3 refused by a budget or limit, 130 cancelled. KETBENCH_HOME names another library folder.`;
}

/** What `ketbench <command> --help` prints. */
export function helpOf({ usage, summary, help }: Command): string {
  return `Usage: ketbench ${usage}\n\n${summary}${help === undefined ? '' : `\n\n${help}`}`;
}
