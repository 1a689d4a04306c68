import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { type BinaryProblem, type Constraint, quadraticForm } from '../binary-problem.ts';
import { bitsOfChoices, choicesOf, oneChoiceEach, oneHot } from '../graphs/one-hot.ts';
import { placesOf } from '../graphs/places.ts';
import { drawnNodes, type Picture } from '../meaning.ts';
import { defineProblem } from '../problem-kind.ts';
import type { Seen } from '../view.ts';
import { offerBinary, requireTerms } from '../views/binary.ts';

const fields = [
  {
    kind: 'matrix',
    id: 'distances',
    title: 'Distances',
    help: 'Row i has the distances from city i to every other one; they need not be the same both ways. The tour starts at city 0.',
    default: null,
    required: true,
    isSquare: true,
  },
] as const satisfies readonly ParameterDescriptor[];

type TravellingSalesman = ValuesOf<typeof fields>;

export const travellingSalesman = defineProblem({
  kind: 'travelling-salesman',
  title: 'Travelling salesman',
  summary:
    'The shortest way through all cities and back. City 0 comes first; every other one has a variable for each place in the tour.',
  fields,
  faults: ({ distances }) =>
    distances.length >= 2
      ? []
      : [
          {
            path: 'distances',
            message: `a tour needs at least two cities, got ${distances.length}`,
          },
        ],
  aim: () => 'min',
  views: [
    offerBinary(
      ({ distances }: TravellingSalesman): Seen<BinaryProblem> => ({
        value: tourProblem(distances),
        warnings: [],
      }),
    ),
  ],
  example: {
    // One way round is 1 + 2 + 3, the other 4 + 5 + 6.
    problem: {
      distances: [
        [0, 1, 4],
        [5, 0, 2],
        [3, 6, 0],
      ],
    },
    answers: { optimisation: 6, energies: 6 },
  },
});

/** x_{i,p} = 1: city i + 1 stands at place p + 1 of the tour (Lucas 2014, with the first city kept in its place). */
function tourProblem(distances: readonly (readonly number[])[]): BinaryProblem {
  const m = distances.length - 1;
  requireTerms(m ** 3, `A tour through ${m + 1} cities`);
  const places = Array.from({ length: m }, (_, p) => p);
  const d = (i: number, j: number): number => distances[i]?.[j] ?? 0;
  const linear = Array.from({ length: m * m }, () => 0);
  for (const i of places) {
    linear[oneHot(i, 0, m)] = d(0, i + 1);
    linear[oneHot(i, m - 1, m)] = (linear[oneHot(i, m - 1, m)] ?? 0) + d(i + 1, 0);
  }
  const steps = places
    .slice(1)
    .flatMap((p) =>
      places.flatMap((i) =>
        places
          .filter((j) => j !== i)
          .map((j) => [oneHot(i, p - 1, m), oneHot(j, p, m), d(i + 1, j + 1)] as const),
      ),
    );
  const onePlaceEach = places.map(
    (p): Constraint => ({
      name: `the one city at place ${p + 1}`,
      linear: places.map((i) => [oneHot(i, p, m), 1]),
      quadratic: [],
      relation: '=',
      bound: 1,
    }),
  );
  return {
    variables: m * m,
    labels: null,
    sense: 'min',
    objective: quadraticForm(m * m, 0, linear, steps),
    constraints: [...oneChoiceEach(m, m, (i) => `the one place of city ${i + 1}`), ...onePlaceEach],
    feasible: bitsOfChoices(places, m),
    meaning: (x) => {
      const placeOf = choicesOf(x, m);
      const tour = [0, ...places.map((p) => placeOf.indexOf(p) + 1)];
      return { solution: { tour }, ...tourPicture(distances, tour) };
    },
  };
}

function tourPicture(
  distances: readonly (readonly number[])[],
  tour: readonly number[],
): { readonly picture?: Picture } {
  if (tour.length > drawnNodes) return {};
  const places = placesOf(distances);
  return {
    picture: {
      kind: 'graph',
      title: 'The tour',
      groups: ['start', 'city'],
      nodes: places.map((at, i) => ({ label: String(i), group: i === 0 ? 0 : 1, at })),
      edges: tour.map((city, k): [number, number, boolean] => [
        city,
        tour[(k + 1) % tour.length] ?? 0,
        true,
      ]),
    },
  };
}
