import { providePlatform } from '#engine/platform.ts';
import { ownCrew, inWorkshop } from '#engine/kernels/workshop.ts';
import { KernelState } from '#engine/kernels/kernel-state.ts';
import { bind, lower } from '#engine/simulators/lowering.ts';
import { nodePlatform } from '#main/workers/node-platform.ts';
import { parseDocument } from '#shared/qasm/document.ts';
import { present } from '#shared/base/assert.ts';
import { qasmOf, randomGrid } from './workloads.ts';

/** `node one-shot.ts f32|f64 THREADS`: milliseconds from text to state in a process that has run nothing yet. */
const precision = process.argv[2] === 'f32' ? 'f32' : 'f64';
const threads = Number(process.argv[3]);
const source = qasmOf(randomGrid(20, 'cz'));
providePlatform(nodePlatform);
const milliseconds = inWorkshop({ threads }, () => {
  const start = performance.now();
  ownCrew().start();
  const circuit = present(parseDocument(source, { lenient: true }).circuit, 'a program');
  const state = KernelState.zero(20, precision);
  for (const one of lower(circuit)) {
    if (one.kind === 'unitary') for (const step of bind(one, {})) state.apply(step);
  }
  state.settle();
  return performance.now() - start;
});
process.stdout.write(`${milliseconds}\n`);
