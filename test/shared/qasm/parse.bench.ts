import { gate } from '#shared/circuit/build.ts';
import { parseDocument, updateDocument } from '#shared/qasm/document.ts';
import { textEditsFor } from '#shared/qasm/text-edits.ts';

interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string;
  readonly ok: boolean;
}

function programOf(count: number): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const [a, b] = [i % 20, (i + 1) % 20];
    if (i % 3 === 0) return `cx q[${a}],q[${b}];`;
    return i % 3 === 1 ? `rz(-0.${i}) q[${a}];` : `u3(pi/2,0.${i},-pi/4) q[${a}];`;
  });
  return `OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[20];\n${lines.join('\n')}\n`;
}

/** Milliseconds, the median of several runs after a warm-up, as in a session that goes on. */
function measure(name: string, limit: number, work: () => unknown): Row {
  for (let i = 0; i < 5; i++) work();
  const times = Array.from({ length: 7 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).toSorted((a, b) => a - b);
  const value = times[3] ?? 0;
  return { name, value, unit: 'ms', goal: `< ${limit}`, ok: value < limit };
}

/** How long it takes to read programs and to follow an edit. */
export function run(): Row[] {
  const small = programOf(10_000);
  const large = programOf(100_000);
  const document = parseDocument(small);
  const insert = { kind: 'insert', index: 5_000, operations: [gate('h', [3])] } as const;
  return [
    measure('OpenQASM 2: insert a gate among 10,000, in text and circuit', 20, () =>
      updateDocument(document, textEditsFor(document, insert)),
    ),
    measure('OpenQASM 2: read 10,000 gates', 100, () => parseDocument(small)),
    measure('OpenQASM 2: read 100,000 gates', 2000, () => parseDocument(large)),
  ];
}
