import { z } from 'zod';
import { formatBytes } from '#shared/base/format-bytes.ts';
import type { BenchmarkDocument } from '#shared/jobs/benchmark.ts';
import { countOf, formatDate } from '#renderer/lib/format.ts';
import { openJob } from '#renderer/lib/jobs.ts';
import { useRequest } from '#renderer/lib/use-request.ts';
import { Button } from '#renderer/ui/button.tsx';
import { hashesOf, problemFacts, settingsText } from './setup-words.ts';

const machineSchema = z.object({
  machine: z.object({
    platform: z.string(),
    processor: z.string(),
    threads: z.number(),
    memoryBytes: z.number(),
    node: z.string(),
  }),
  runsAtOnce: z.number(),
});

/** All that it takes to run a comparison again elsewhere, and what its times mean. */
export function Setup({ benchmark }: { benchmark: BenchmarkDocument }) {
  const { data } = useRequest('data.list', {});
  const kinds = useRequest('catalog.list', { kind: 'problem' });
  const { spec, measured, provenance } = benchmark;
  const kind = kinds.data?.find(({ id }) => id === spec.problem.kind);
  const machine = machineSchema.safeParse(measured);
  const version = provenance['ketbench'];
  const hashes = hashesOf(provenance);
  const nameOf = (id: string): string => data?.find((set) => set.id === id)?.name ?? id;
  const date = (value: unknown): string => formatDate(typeof value === 'string' ? value : null);
  return (
    <section className="card stack" aria-label="How it was run">
      <h3>How it was run</h3>
      <dl className="facts">
        {kind === undefined
          ? null
          : problemFacts(spec.problem, kind, nameOf).map(([title, text]) => (
              <Fact key={title} title={title} text={text} />
            ))}
        {hashes.map(([name, hash]) => (
          <Fact
            key={name}
            title={hashes.length > 1 ? `SHA-256 of ${nameOf(name)}` : 'SHA-256 of the data'}
            text={hash}
          />
        ))}
        <Fact title="Seeds" text={spec.seeds.join(', ')} />
        <Fact
          title="Intervals"
          text={`${Math.round(100 * spec.confidence)} %, bootstrap with ${spec.resamples.toLocaleString('en')} resamples, seed ${spec.seed}`}
        />
        <Fact title="Started" text={date(measured['executedAt'])} />
        <Fact title="Ended" text={date(measured['completedAt'])} />
        {typeof version === 'string' ? <Fact title="Ketbench" text={version} /> : null}
        {machine.success ? <Machine {...machine.data} /> : null}
      </dl>
      <h3>Methods</h3>
      <div className="table-scroll" role="region" aria-label="Settings of the methods" tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Method</th>
              <th scope="col">Algorithm</th>
              <th scope="col">Settings</th>
              <th scope="col">Runs</th>
            </tr>
          </thead>
          <tbody>
            {spec.contenders.map((contender, index) => (
              <tr key={contender.label}>
                <th scope="row">{contender.label}</th>
                <td>
                  {contender.algorithm} on {contender.backend},{' '}
                  {contender.shots === null ? 'exact' : countOf(contender.shots, 'shot')}
                </td>
                <td>{settingsText(contender.settings)}</td>
                <td>
                  <span className="row">
                    {benchmark.contenders[index]?.jobIds.map((jobId, run) => (
                      <Button
                        key={jobId}
                        tone="quiet"
                        aria-label={`Open the run of ${contender.label} with seed ${spec.seeds[run]}`}
                        onClick={() => openJob(jobId)}
                      >
                        {spec.seeds[run]}
                      </Button>
                    ))}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Fact({ title, text }: { title: string; text: string }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{text}</dd>
    </>
  );
}

function Machine({ machine, runsAtOnce }: z.infer<typeof machineSchema>) {
  const { processor, threads, memoryBytes, platform, node } = machine;
  return (
    <>
      <Fact
        title="Machine"
        text={`${processor}, ${countOf(threads, 'thread')}, ${formatBytes(memoryBytes)}, ${platform}, Node ${node}`}
      />
      <Fact
        title="Times"
        text={
          runsAtOnce > 1
            ? `Up to ${runsAtOnce} runs computed at the same time and took time from each other: times are for orders of magnitude.`
            : 'One run computed at a time.'
        }
      />
    </>
  );
}
