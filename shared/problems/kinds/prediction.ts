import type { ParameterDescriptor } from '../../catalog/parameter.ts';
import type { ValuesOf } from '../../catalog/values.ts';
import { parseKeptModel } from '../../models/kept-model.ts';
import { exampleModel } from '../../models/example-model.ts';
import { defineProblem } from '../problem-kind.ts';
import { namedTable } from '../tables/named-table.ts';
import { textOfFile } from '../tables/text-file.ts';
import { offer } from '../view.ts';
import { predictionView } from '../views/prediction.ts';

const fields = [
  {
    kind: 'model',
    id: 'model',
    title: 'Model',
    help: 'A trained model of the library.',
    default: null,
    required: true,
  },
  {
    kind: 'table',
    id: 'data',
    title: 'Data',
    help: 'A table with the columns that the model was trained on; its target may be missing.',
    default: null,
    required: true,
  },
] as const satisfies readonly ParameterDescriptor[];

type Prediction = ValuesOf<typeof fields>;

export const prediction = defineProblem({
  kind: 'prediction',
  title: 'Prediction',
  summary: 'Rows of a table of which a trained model is to say what it has learned.',
  fields,
  views: [
    offer(predictionView, ({ model, data }: Prediction, files) => ({
      value: {
        model: parseKeptModel(textOfFile({ file: model }, files) ?? '', model),
        table: namedTable(data, files),
      },
      warnings: [],
    })),
  ],
  example: {
    problem: { model: 'example-model', data: 'example' },
    texts: { 'example-model': JSON.stringify(exampleModel) },
    tables: { example: { columns: ['feature'], rows: [[0.1], [0.2], [0.8], [0.9]] } },
    answers: { predictions: 0.5 },
  },
});
