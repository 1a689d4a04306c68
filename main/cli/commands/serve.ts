import { AppError } from '#shared/base/errors.ts';
import { type Command, textOption } from '../command.ts';
import { integerOption } from '../input.ts';
import { serveApp, untilStopped } from '../serve-app.ts';

/** `ketbench serve`: the application without a window, on loopback. */
export const command: Command = {
  usage: 'serve [--port P]',
  summary: 'Serve the window and the REST interface on 127.0.0.1 and print the address.',
  help: 'The address holds the token that lets in; REST takes it as “Authorization: Bearer …”.',
  arguments: [0, 0],
  options: { port: { type: 'string' } },
  async run(invocation) {
    const port = integerOption('port', textOption(invocation, 'port')) ?? 0;
    if (port < 0 || port > 65_535) {
      throw new AppError('bad-input', `--port is between 0 and 65535; got “${port}”.`);
    }
    const served = await serveApp(port);
    process.stdout.write(`Ketbench: ${served.url}\n`);
    await untilStopped();
    await served.close();
    return 0;
  },
};
