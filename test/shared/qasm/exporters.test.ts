import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rngOf } from '#shared/base/rng.ts';
import { circuitOf, gate, measureAll } from '#shared/circuit/build.ts';
import type { Circuit } from '#shared/circuit/circuit.ts';
import { sameCircuit } from '#shared/circuit/equal.ts';
import { gates } from '#shared/gates/registry.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { exporters } from '#shared/qasm/exporters/registry.ts';
import { randomProgram } from '../../support/random-programs.ts';

function read(text: string): Circuit {
  const { circuit, diagnostics } = parseDocument(text);
  if (circuit === null) throw new Error(JSON.stringify(diagnostics));
  return circuit;
}

const head = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n';

function exported(
  id: string,
  circuit: Circuit,
): { text: string; losses: readonly { what: string }[] } {
  const exporter = exporters.find((one) => one.id === id);
  if (exporter === undefined) throw new Error(`no exporter ${id}`);
  return exporter.export(circuit);
}

const latex = spawnSync('pdflatex', ['--version']).status === 0;

/** What LaTeX complains about; empty where it makes a page. */
function latexFault(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ketbench-latex-'));
  try {
    writeFileSync(join(folder, 'circuit.tex'), text);
    const options = ['-interaction=nonstopmode', '-halt-on-error', 'circuit.tex'];
    const { status, stdout } = spawnSync('pdflatex', options, { cwd: folder, encoding: 'utf8' });
    return status === 0 ? '' : stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const python = spawnSync('python3', ['--version']).status === 0;

/** True where Python's own compiler takes every text. */
function compiles(texts: readonly string[]): string {
  const script =
    'import json, sys\nfor text in json.load(sys.stdin): compile(text, "export", "exec")';
  const outcome = spawnSync('python3', ['-c', script], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
  });
  return outcome.stderr;
}

/** Opening and closing tags match, so that any XML reader takes it. */
function isWellFormed(xml: string): boolean {
  const open: string[] = [];
  for (const [, slash, name, selfClosing] of xml.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)) {
    if (selfClosing === '/') continue;
    if (slash === '/') {
      if (open.pop() !== name) return false;
    } else open.push(name as string);
  }
  return open.length === 0 && !/&(?!amp;|lt;|gt;|quot;)/.test(xml);
}

const everyGate = gates.flatMap((member) =>
  member.qasm2.home === 'none'
    ? []
    : [
        circuitOf(member.qubitCount, [
          gate(
            member.id,
            Array.from({ length: member.qubitCount }, (_, i) => i),
            member.parameterNames.map((_, i) => 0.3 + i),
          ),
        ]),
      ],
);

const circuits: readonly Circuit[] = [
  ...everyGate,
  ...Array.from({ length: 40 }, (_, seed) => read(randomProgram(rngOf(seed, 21)))),
];

describe.each(exporters.map((exporter) => [exporter.id, exporter] as const))(
  '%s',
  (id, exporter) => {
    it('writes every gate and random programs, and says what it leaves out', () => {
      for (const circuit of circuits) {
        const { text, losses } = exporter.export(circuit);
        expect(text.endsWith('\n')).toBe(true);
        expect(text).not.toMatch(/undefined|NaN|\[object/);
        if (/not expressed/.test(text)) expect(losses.length).toBeGreaterThan(0);
        for (const { what, why } of losses) expect(what.length * why.length).toBeGreaterThan(0);
      }
    });

    it('refuses gates without a body where it needs one', () => {
      const opaque = read(`${head}opaque m a; qreg q[1]; m q[0];`);
      if (['qasm2', 'json', 'pdf', 'svg', 'quantikz'].includes(id)) {
        expect(exporter.export(opaque).text).toMatch(/m/);
      } else expect(() => exporter.export(opaque)).toThrow(/opaque/);
    });
  },
);

describe('exporters', () => {
  it('are sorted by id and have ids and extensions of their own', () => {
    const ids = exporters.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted());
  });

  it.skipIf(!python)('write Python that Python reads (needs python3)', () => {
    const texts = ['qiskit', 'cirq', 'braket', 'cudaq', 'pyquil'].flatMap((id) =>
      circuits.map((circuit) => exported(id, circuit).text),
    );
    expect(compiles(texts)).toBe('');
  });

  it.skipIf(!latex)('write LaTeX that compiles (needs pdflatex with quantikz)', () => {
    const all = circuitOf(
      5,
      [
        ...everyGate.flatMap(({ operations }) => operations),
        ...(circuits.at(-1)?.operations ?? []),
      ],
      3,
    );
    const mixed = read(
      'OPENQASM 3.0; include "stdgates.inc"; input float θ; qubit[3] größe; bit[2] c_1; negctrl @ pow(1.5) @ rx(θ * 2) größe[2], größe[0]; c_1 = measure größe[0:1]; if (c_1[0] == 1) { x größe[2]; } else { z größe[2]; } delay[10ns] größe[0]; reset größe; while (c_1[1] == 1) { c_1[1] = measure größe[1]; }',
    );
    for (const circuit of [all, mixed])
      expect(latexFault(exported('quantikz', circuit).text)).toBe('');
  });

  it('write OpenQASM 2 and JSON that give the same circuit back', () => {
    for (const circuit of circuits) {
      expect(sameCircuit(read(exported('qasm2', circuit).text), circuit)).toBe(true);
      const json = JSON.parse(exported('json', circuit).text) as Circuit;
      expect(sameCircuit(json, circuit)).toBe(true);
    }
  });

  it('write Quil with jumps for conditions', () => {
    const circuit = read(
      `${head}qreg q[2]; creg c[2]; h q[0]; measure q->c; if(c==2) rx(pi/4) q[1]; sdg q[0]; reset q[0]; barrier q;`,
    );
    expect(exported('quil', circuit).text).toBe(`DECLARE c BIT[2]
H 0
MEASURE 0 c[0]
MEASURE 1 c[1]
JUMP-WHEN @else1 c[0]
JUMP-UNLESS @else1 c[1]
RX(pi/4) 1
LABEL @else1
DAGGER S 0
RESET 0
FENCE 0 1
`);
  });

  it('write Qiskit with its own registers, conditions and formulas', () => {
    const circuit = read(
      `${head}gate pair(t) a,b { ry(t) a; cx a,b; } qreg in[1]; qreg q[2]; creg c[2]; pair(pi/3) in[0],q[0]; if(c==1) x q[1]; u2(0,pi) q[0]; measure q->c;`,
    );
    const { text, losses } = exported('qiskit', circuit);
    expect(text).toContain('in_ = QuantumRegister(1, "in")');
    expect(text).toContain('with circuit.if_test((c, 1)):\n    circuit.x(q[1])');
    expect(text).toContain('circuit.measure(q[1], c[1])');
    expect(losses.map(({ what }) => what)).toEqual([
      'the declaration of the gate “pair”',
      'the gate “u2”',
    ]);
  });

  it('keep open parameters symbolic in Python', () => {
    const circuit: Circuit = {
      ...circuitOf(1, [gate('rx', [0], [{ kind: 'parameter', name: 'theta' }])]),
      parameters: [{ name: 'theta', value: 0.5 }],
    };
    expect(exported('qiskit', circuit).text).toContain('circuit.rx(theta, q[0])');
    expect(exported('cirq', circuit).text).toContain('cirq.rx(theta)(q[0])');
    expect(exported('braket', circuit).text).toContain('circuit = circuit(theta=0.5)');
    expect(exported('quil', circuit).text).toContain('MOVE theta[0] 0.5\nRX(theta[0]) 0');
  });

  it('say that Braket knows no conditions', () => {
    const circuit = read(`${head}qreg q[1]; creg c[1]; if(c==1) x q[0];`);
    const { text, losses } = exported('braket', circuit);
    expect(text).toContain('# not expressed: under a condition: x');
    expect(losses).toHaveLength(1);
  });

  it('draw well-formed SVG with live text, and LaTeX with one cell for each wire and column', () => {
    for (const circuit of circuits) {
      const { text } = exported('svg', circuit);
      expect(isWellFormed(text), text).toBe(true);
      const rows = exported('quantikz', circuit)
        .text.split('\\begin{quantikz}\n')[1]
        ?.split('\n\\end{quantikz}')[0]
        ?.split(' \\\\\n')
        .map((row) => row.split(' & ').length);
      expect(new Set(rows).size).toBe(1);
    }
    const bell = { ...circuitOf(2, [gate('h', [0]), gate('cx', [0, 1]), ...measureAll(2)], 2) };
    expect(exported('svg', bell).text).toContain('>q[0]</text>');
    expect(exported('quantikz', bell).text).toContain(
      '\\lstick{q[0]} & \\gate{\\mbox{H}} & \\ctrl{1} & \\meter{} \\vcw{2} & \\qw & \\qw',
    );
  });
});
