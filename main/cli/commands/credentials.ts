import { AppError } from '#shared/base/errors.ts';
import { providers } from '../../hardware/registry.ts';
import { type Command, type Invocation, textOption } from '../command.ts';
import { formatTable } from '../output.ts';
import { readSecret } from '../secret.ts';
import { openSession, type Session } from '../session.ts';

/** `ketbench credentials …`: keys of providers, which go in and never come out. */
export const command: Command = {
  usage: 'credentials list | credentials add PROVIDER [--name NAME] | credentials remove|test ID',
  summary: 'Keep the keys of hardware providers in the vault.',
  help: `The key is read from a prompt or from standard input, never from an argument: other users of the
machine could read that. A locked vault asks for its passphrase; KETBENCH_PASSPHRASE_FILE names a
file that holds it.`,
  arguments: [1, 2],
  options: { name: { type: 'string' } },
  async run(invocation) {
    const session = await openSession();
    try {
      return await act(session, invocation);
    } finally {
      await session.close();
    }
  },
};

async function act(session: Session, invocation: Invocation): Promise<number> {
  const [action, subject] = invocation.positionals;
  if (action === 'list') return list(session, invocation);
  if (subject === undefined) {
    throw new AppError('bad-input', `Usage: ketbench ${command.usage}`, { action });
  }
  switch (action) {
    case 'add': {
      requireProvider(subject);
      const apiKey = await readSecret(`Key for ${subject}: `);
      const name = textOption(invocation, 'name') ?? subject;
      const fields = { apiKey };
      const added = await session.request('credentials.add', { provider: subject, name, fields });
      invocation.print(added, () => `${added.id}: ${added.provider}, “${added.name}”`);
      return 0;
    }
    case 'remove':
      await session.request('credentials.remove', { id: subject });
      invocation.print({ ok: true, id: subject }, () => `${subject} was removed.`);
      return 0;
    case 'test': {
      const outcome = await session.request('credentials.test', { id: subject });
      invocation.print(outcome, () => outcome.message);
      return outcome.ok ? 0 : 1;
    }
    default:
      throw new AppError('bad-input', `Usage: ketbench ${command.usage}`, { action });
  }
}

/** Before anybody types a key for a vendor that there is not. */
function requireProvider(id: string): void {
  if (providers.some((provider) => provider.id === id)) return;
  const known = providers.map((provider) => provider.id).join(', ');
  throw new AppError('not-found', `There is no vendor “${id}”; there are ${known}.`, {
    provider: id,
  });
}

async function list(session: Session, invocation: Invocation): Promise<number> {
  const credentials = await session.request('credentials.list', {});
  invocation.print({ credentials }, () =>
    credentials.length === 0
      ? 'There are no keys in the vault.'
      : formatTable(
          credentials.map(({ id, provider, name, addedAt }) => [id, provider, name, addedAt]),
        ),
  );
  return 0;
}
