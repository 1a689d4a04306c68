#!/usr/bin/env node
import { runPinned } from './setup/node.js';
import { failSetUp, setUp } from './setup.js';

/** Commands that show the window’s files; the others do not wait for a build. */
const needWindow = ['serve', 'open'];

async function main() {
  const parameters = process.argv.slice(2);
  setUp(needWindow.includes(parameters[0]) ? ['renderer'] : []);
  const code = await runPinned('main/cli/main.ts', parameters);
  // A number only where another process did the work; here the command sets its own exit code.
  if (code !== undefined) process.exit(code);
}

main().catch(failSetUp);
