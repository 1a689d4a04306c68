import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/base/errors.ts';
import { type Rng, rngOf } from '#shared/base/rng.ts';
import { applyEdit } from '#shared/circuit/edit.ts';
import { sameCircuit } from '#shared/circuit/equal.ts';
import {
  applyTextEdits,
  type ParsedDocument,
  parseDocument,
  updateDocument,
} from '#shared/qasm/document.ts';
import { importers } from '#shared/qasm/importers/registry.ts';
import { completionsAt } from '#shared/qasm/service/completions.ts';
import { formatDocument } from '#shared/qasm/service/format.ts';
import { hoverAt } from '#shared/qasm/service/hover.ts';
import { signatureAt } from '#shared/qasm/service/signature.ts';
import { printTree } from '#shared/qasm/syntax/nodes.ts';
import { revise } from '#shared/qasm/text-edits.ts';
import { checkProgram } from '../../support/program-laws.ts';
import { randomEdit, randomProgram } from '../../support/random-programs.ts';
import { randomProgram3 } from '../../support/random-programs3.ts';

const folder = join(import.meta.dirname, '../../fixtures/qasm');
const corpus = readdirSync(folder)
  .sort()
  .map((name) => readFileSync(join(folder, name), 'utf8'));

/** Seconds of each part; more with KETBENCH_FUZZ_SECONDS. The seed changes with it, so a long run finds more. */
const seconds = Number(process.env.KETBENCH_FUZZ_SECONDS ?? 12);
const firstSeed = Number(process.env.KETBENCH_FUZZ_SEED ?? 0);

/** Runs the body with new random numbers until the time is over; a failure names its seed. */
function forSeconds(stream: number, body: (rng: Rng) => void): void {
  const end = performance.now() + seconds * 1000;
  for (let seed = firstSeed; performance.now() < end; seed++) {
    try {
      body(rngOf(seed, stream));
    } catch (error) {
      throw new Error(`seed ${seed} of stream ${stream}: ${String(error)}`, { cause: error });
    }
  }
}

const pieces =
  '( ) { } ; , " /* */ // [ ] : -> == = if gate qreg creg qubit bit measure include 0 1e9 99999999999 - @ $0 def for in while switch case default box delay durationof let input const array ctrl pow ** ++ π € \' \r \n ns opaque barrier'.split(
    ' ',
  );

function mutated(rng: Rng, text: string): string {
  let changed = text;
  for (let i = 1 + rng.below(4); i > 0; i--) {
    const at = rng.below(changed.length + 1);
    const other = corpus[rng.below(corpus.length)] ?? '';
    const from = rng.below(other.length + 1);
    const piece = [
      '',
      ` ${pieces[rng.below(pieces.length)] ?? ''} `,
      other.slice(from, from + rng.below(40)),
      changed.slice(at, at + rng.below(30)),
    ][rng.below(4)];
    changed = changed.slice(0, at) + (piece ?? '') + changed.slice(at + rng.below(6));
  }
  return changed;
}

function generated(rng: Rng): string {
  return rng.below(2) === 0 ? randomProgram(rng) : randomProgram3(rng);
}

describe('fuzzing the languages', () => {
  it('finds no text that breaks reading, printing, formatting or the helpers', () => {
    forSeconds(101, (rng) => {
      const text = mutated(
        rng,
        rng.below(3) === 0 ? generated(rng) : (corpus[rng.below(corpus.length)] ?? ''),
      );
      const document = parseDocument(
        text,
        rng.below(2) === 0 ? {} : { language: rng.below(2) === 0 ? 2 : 3 },
      );
      checkProgram(document);
      const at = rng.below(text.length + 1);
      completionsAt(document, at);
      hoverAt(document, at);
      signatureAt(document, at);
    });
  }, 3_600_000);

  it('finds no edit after which a document differs from one that is read anew', () => {
    forSeconds(102, (rng) => {
      let document: ParsedDocument = parseDocument(generated(rng));
      for (let i = 0; i < 8; i++) {
        const start = rng.below(document.text.length + 1);
        const end = Math.min(document.text.length, start + rng.below(8));
        const other = generated(rng);
        const from = rng.below(other.length);
        const text =
          rng.below(2) === 0
            ? (pieces[rng.below(pieces.length)] ?? '')
            : other.slice(from, from + rng.below(30));
        document = updateDocument(document, [{ start, end, text }]);
        const fresh = parseDocument(document.text);
        expect(document.diagnostics).toEqual(fresh.diagnostics);
        expect(printTree(document.tree)).toBe(document.text);
        expect(document.circuit).toEqual(fresh.circuit);
      }
    });
  }, 3_600_000);

  it('finds no canvas edit that text and circuit see differently', () => {
    forSeconds(103, (rng) => {
      let document = parseDocument(generated(rng));
      if (document.circuit === null) throw new Error(JSON.stringify(document.diagnostics[0]));
      for (let i = 0; i < 6; i++) {
        const { circuit } = document;
        if (circuit === null || circuit.bitRegisters.length === 0) return;
        if (circuit.qubitRegisters.length === 0) return;
        const edit = randomEdit(circuit, rng);
        try {
          const expected = applyEdit(circuit, edit).circuit;
          document = revise(document, edit).after;
          expect(document.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
          expect(document.circuit !== null && sameCircuit(document.circuit, expected)).toBe(true);
        } catch (error) {
          // What cannot be edited says so.
          if (!(error instanceof AppError)) throw error;
        }
      }
    });
  }, 3_600_000);

  it('finds no sound program whose layout changes what it means', () => {
    forSeconds(104, (rng) => {
      const document = parseDocument(generated(rng));
      if (document.circuit === null)
        throw new Error(JSON.stringify([document.text, document.diagnostics[0]]));
      const tidy = applyTextEdits(document.text, formatDocument(document));
      const again = parseDocument(tidy);
      expect(applyTextEdits(tidy, formatDocument(again))).toBe(tidy);
      expect(again.circuit?.operations.length).toBe(document.circuit.operations.length);
    });
  }, 3_600_000);

  it('finds no text that breaks an importer', () => {
    forSeconds(105, (rng) => {
      const text = mutated(rng, corpus[rng.below(corpus.length)] ?? '');
      for (const importer of importers) {
        importer.recognises(text);
        const { circuit, diagnostics } = importer.import(text);
        expect(circuit !== null || diagnostics.length > 0).toBe(true);
      }
    });
  }, 3_600_000);
});
