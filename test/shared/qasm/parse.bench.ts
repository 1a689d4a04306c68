import { gate } from '#shared/circuit/build.ts';
import { parseDocument, updateDocument } from '#shared/qasm/document.ts';
import { revise } from '#shared/qasm/text-edits.ts';

interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string;
  readonly ok: boolean;
}

const heads = {
  2: 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[20];\n',
  3: 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[20] q;\n',
};

function programOf(count: number, language: 2 | 3): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const [a, b] = [i % 20, (i + 1) % 20];
    if (i % 3 === 0) return `cx q[${a}],q[${b}];`;
    return i % 3 === 1 ? `rz(-0.${i}) q[${a}];` : `u3(pi/2,0.${i},-pi/4) q[${a}];`;
  });
  return `${heads[language]}${lines.join('\n')}\n`;
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

/** How long it takes to read programs and to follow a key and an edit. */
export function run(): Row[] {
  return ([2, 3] as const).flatMap(rowsOf);
}

function rowsOf(language: 2 | 3): Row[] {
  const small = programOf(10_000, language);
  const large = programOf(100_000, language);
  const name = `OpenQASM ${language}`;
  let document = parseDocument(small);
  let isLonger = false;
  const insert = { kind: 'insert', index: 5_000, operations: [gate('h', [3])] } as const;
  const place = small.indexOf('rz(-0.', small.length / 2) + 'rz(-0.'.length;
  return [
    measure(`${name}: a key typed among 10,000 gates`, 30, () => {
      const edit = isLonger
        ? { start: place, end: place + 1, text: '' }
        : { start: place, end: place, text: '7' };
      document = updateDocument(document, [edit]);
      isLonger = !isLonger;
    }),
    measure(
      `${name}: insert a gate among 10,000, in text and circuit`,
      language === 2 ? 20 : 40,
      () => revise(document, insert).after,
    ),
    measure(`${name}: read 10,000 gates`, language === 2 ? 100 : 200, () => parseDocument(small)),
    measure(`${name}: read 100,000 gates`, 2000, () => parseDocument(large)),
  ];
}
