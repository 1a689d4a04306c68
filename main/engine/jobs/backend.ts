import type { JobSpec } from '#shared/jobs/job.ts';
import type { JobRoom } from './prepared.ts';
import { Compiler } from '../lowering/compiled.ts';
import type { BackendFacts } from '../programs/facts.ts';
import type { Backend } from '../backends/backend.ts';
import { localBackend, type LocalRequest } from '../backends/local.ts';
import { RewrittenAnswerer } from '../backends/rewritten.ts';
import { SplitBackend, type SplitMember } from '../backends/split.ts';

interface Chosen {
  readonly spec: JobSpec;
  readonly room: Pick<JobRoom, 'elsewhere' | 'shares'>;
}

/** Who answers a job: the one backend that it names, or all of them as one; null: a machine that is not asked. */
export function backendOf(
  names: readonly string[],
  requests: readonly LocalRequest[],
  { spec, room }: Chosen,
): Backend | null {
  const [only] = requests;
  if (names.length === 1 && only !== undefined) return localBackend(only);
  const { elsewhere } = room;
  if (elsewhere === undefined && requests.length < names.length) return null;
  const members = names.map((name, k): SplitMember => {
    const share = room.shares?.[k] ?? 1 / names.length;
    const request = requests.find(({ backend }) => backend === name);
    if (request !== undefined) return hereMember(request, share);
    const answerer = elsewhere?.(name);
    if (answerer === undefined) throw new TypeError(`Nobody asks ${name}.`);
    return { name, share, answers: machineFacts([name]).answers, answerer, warnings: () => [] };
  });
  const [first] = members;
  if (members.length === 1 && first !== undefined) {
    return asBackend(first, names);
  }
  return new SplitBackend(members, spec.shots);
}

/** A machine elsewhere runs finished circuits and nothing else. */
export function machineFacts(names: readonly string[]): BackendFacts {
  const name = names.join(', ');
  return { answers: new Set(['runs']), device: name, method: null, name };
}

function asBackend({ answerer, warnings }: SplitMember, names: readonly string[]): Backend {
  return {
    facts: machineFacts(names),
    warnings,
    answer: (ask, context) => answerer.answer(ask, context),
    dispose: () => answerer.dispose(),
  };
}

/** A device among several compiles for itself what it is sent. */
function hereMember(request: LocalRequest, share: number): SplitMember {
  const backend = localBackend(request);
  const { device, seed } = request;
  const compiler = device === null ? null : new Compiler(device, seed);
  return {
    name: request.backend,
    share,
    answers: backend.facts.answers,
    answerer:
      compiler === null
        ? backend
        : new RewrittenAnswerer(backend, (program) => compiler.rewrite(program)),
    warnings: () => backend.warnings(),
  };
}
