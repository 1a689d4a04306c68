import type { App } from '../app.ts';

type Labels = Readonly<Record<string, string>>;

interface Family {
  readonly name: string;
  readonly kind: 'gauge' | 'counter';
  readonly help: string;
  readonly samples: readonly (readonly [labels: Labels, value: number])[];
}

/** What runs, has run and was paid for, in Prometheus' text format (version 0.0.4). */
export function metricsOf(app: App): string {
  return [...jobFamilies(app), ...useFamilies(app), ...processFamilies()].map(familyText).join('');
}

function jobFamilies({ jobs, library }: App): Family[] {
  const rows = library.tables.jobs.all();
  const byStatus = Map.groupBy(rows, ({ status }) => status);
  const byAlgorithm = Map.groupBy(rows, ({ algorithm }) => algorithm);
  return [
    {
      name: 'ketbench_jobs',
      kind: 'gauge',
      help: 'Jobs of the library by status.',
      samples: (['queued', 'running', 'completed', 'failed', 'cancelled'] as const).map(
        (status) => [{ status }, byStatus.get(status)?.length ?? 0],
      ),
    },
    {
      name: 'ketbench_queue_length',
      kind: 'gauge',
      help: 'Jobs that wait for a thread.',
      samples: [[{}, jobs.queueLength()]],
    },
    {
      name: 'ketbench_job_seconds_total',
      kind: 'counter',
      help: 'Seconds of running, by algorithm.',
      samples: [...byAlgorithm].map(([algorithm, own]) => [
        { algorithm },
        own.reduce((sum, { executionTime }) => sum + executionTime, 0),
      ]),
    },
    {
      name: 'ketbench_cost_usd_total',
      kind: 'counter',
      help: 'USD paid to vendors, by backend.',
      samples: [...Map.groupBy(rows, ({ qpuBackend }) => qpuBackend)].flatMap(([backend, own]) => {
        const cost = own.reduce((sum, row) => sum + (row.cost ?? 0), 0);
        return cost > 0 ? [[{ backend }, cost] as const] : [];
      }),
    },
    {
      name: 'ketbench_models',
      kind: 'gauge',
      help: 'Trained models that are kept.',
      samples: [[{}, library.tables.models.size]],
    },
    {
      name: 'ketbench_benchmarks',
      kind: 'gauge',
      help: 'Comparisons of the library.',
      samples: [[{}, library.tables.benchmarks.size]],
    },
  ];
}

function useFamilies({ library }: App): Family[] {
  const byBackend = Map.groupBy(library.tables.utilization.all(), ({ qpuBackend }) => qpuBackend);
  const total = (figure: 'circuits' | 'shots' | 'gateOperations'): Family['samples'] =>
    [...byBackend].map(([backend, rows]) => [
      { backend },
      rows.reduce((sum, row) => sum + (row[figure] ?? 0), 0),
    ]);
  return [
    {
      name: 'ketbench_circuits_total',
      kind: 'counter',
      help: 'Circuits that were run, by backend.',
      samples: total('circuits'),
    },
    {
      name: 'ketbench_shots_total',
      kind: 'counter',
      help: 'Shots that were taken, by backend.',
      samples: total('shots'),
    },
    {
      name: 'ketbench_gate_operations_total',
      kind: 'counter',
      help: 'Gates that were applied, by backend.',
      samples: total('gateOperations'),
    },
  ];
}

function processFamilies(): Family[] {
  return [
    {
      name: 'ketbench_resident_memory_bytes',
      kind: 'gauge',
      help: 'Memory of the host with its threads.',
      samples: [[{}, process.memoryUsage.rss()]],
    },
    {
      name: 'ketbench_uptime_seconds',
      kind: 'gauge',
      help: 'Seconds since the host was started.',
      samples: [[{}, process.uptime()]],
    },
  ];
}

function familyText({ name, kind, help, samples }: Family): string {
  const lines = samples.map(([labels, value]) => `${name}${labelText(labels)} ${value}`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${lines.map((line) => `${line}\n`).join('')}`;
}

function labelText(labels: Labels): string {
  const all = Object.entries(labels).map(([name, value]) => `${name}="${quoted(value)}"`);
  return all.length === 0 ? '' : `{${all.join(',')}}`;
}

function quoted(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
