import { AppError } from '#shared/base/errors.ts';
import { observationsView } from '#shared/problems/views/observations.ts';
import { decomposition } from '#shared/results/kinds/decomposition.ts';
import { defineAlgorithm } from '../algorithms/algorithm.ts';
import { largestPositive, momentsOf } from './moments.ts';
import { componentsRead, phaseCircuits, readTables, type Spectrum } from './spectrum.ts';

/** A register twice and its phase; more columns take minutes. */
const mostColumns = 16;

const registerOf = (columns: number): number => Math.max(1, Math.ceil(Math.log2(columns)));

/**
 * Quantum principal component analysis (Lloyd, Mohseni and Rebentrost 2014, arXiv:1307.0401) of a matrix whose entries
 * are amplitudes (He et al. 2022, doi:10.1109/TQE.2021.3140152): phases of exp(2πiA/s) are the eigenvalues, found with
 * probability λ²/Σλ², and leave their eigenvectors. The evolution is compiled from the matrix, so nothing is won in
 * time over diagonalising it.
 */
export const qpca = defineAlgorithm({
  id: 'qpca',
  title: 'Quantum PCA',
  summary: 'Phase estimation on a covariance or correlation matrix whose entries are amplitudes.',
  kind: 'quantum',
  takes: observationsView,
  result: decomposition,
  steps: { name: 'circuits', areCourse: false },
  parameters: [
    {
      kind: 'integer',
      id: 'bits',
      title: 'Bits',
      help: 'Qubits that an eigenvalue is read into; each more halves what may be missed.',
      default: 6,
      min: 2,
      max: 10,
    },
    {
      kind: 'number',
      id: 'scale',
      title: 'Scale',
      help: 'Eigenvalue of a full turn; it must lie above the largest. Empty: just above the trace.',
      default: null,
      min: 0,
      exclusiveMin: true,
      advanced: true,
    },
    {
      kind: 'number',
      id: 'least',
      title: 'Least probability',
      help: 'Eigenvalues that are read less often than this are left out, as others leak there.',
      default: 0.004,
      min: 0,
      max: 1,
      advanced: true,
    },
  ],
  canPause: true,
  accuracy: 2e-2,
  asks: () => ['samples'],
  needs: ({ names }, { bits }) => {
    const qubits = 2 * registerOf(names.length) + (bits as number);
    return { ownBytes: 8 * 4 * 2 ** qubits, qubits, answerBytes: 16 * 2 ** qubits };
  },
  *run({ view, problem, settings, shots, usage }) {
    const columns = view.names.length;
    if (columns > mostColumns) {
      throw new AppError(
        'too-large',
        `At most ${mostColumns} columns become amplitudes; there are ${columns}. Name fewer in problem.features.`,
        { path: 'problem.features' },
      );
    }
    const { mean, matrix, constants } = momentsOf(view, problem['matrix'] === 'correlation');
    const trace = mean.reduce((sum, _, i) => sum + (matrix[i * columns + i] as number), 0);
    const bits = settings['bits'] as number;
    const given = settings['scale'] as number | undefined;
    const spectrum: Spectrum = {
      matrix,
      columns,
      register: registerOf(columns),
      bits,
      // The trace itself would be a full turn, which is read as none.
      scale: given ?? trace * (1 + 1 / (2 ** bits - 1)),
    };
    const tables = yield* readTables(phaseCircuits(spectrum), spectrum, shots);
    const asked = Math.min(columns, (problem['components'] as number | undefined) ?? columns);
    const found = componentsRead(tables, spectrum, {
      most: asked,
      least: settings['least'] as number,
    });
    if (found.length === 0) {
      throw new AppError(
        'bad-input',
        'No eigenvalue was read often enough; use more shots, or a smaller least probability.',
        { path: 'settings.least' },
      );
    }
    const shares = found.map(({ value }) => value / trace);
    const square = matrix.reduce((sum, value) => sum + value * value, 0);
    return {
      result: {
        names: [...view.names],
        eigenvalues: found.map(({ value }) => value),
        explainedVarianceRatio: shares,
        components: found.map(({ vector }) => [...largestPositive(vector)]),
        mean: [...mean],
        purity: square / trace ** 2,
        entropyBits: shares.reduce((sum, p) => sum - (p > 0 ? p * Math.log2(p) : 0), 0),
        n: view.rows.length,
        ...usage(),
      },
      warnings: [
        ...(found.length < asked
          ? [
              `${found.length} of ${asked} components were read; the others are too small, and the entropy leaves them out.`,
            ]
          : []),
        ...constants.map((name) => `The value never changes in “${name}”.`),
      ],
    };
  },
});
