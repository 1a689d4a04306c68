import type { KeptModel } from '../../models/kept-model.ts';
import type { Table } from '../../data/table.ts';
import type { View } from '../view.ts';

/** A trained model and a table that it is to say something of. */
export interface RowsToTell {
  readonly model: KeptModel;
  readonly table: Table;
}

export const predictionView: View<RowsToTell> = {
  id: 'prediction',
  title: 'rows for a trained model',
};
