import type { ModelRow } from '#shared/models/model-summary.ts';
import type { Command } from '#renderer/lib/commands.ts';
import { useNavigation } from '#renderer/lib/navigation.ts';
import {
  compareModel,
  exportModel,
  importModel,
  openModelCircuit,
  removeModel,
} from './actions.ts';
import { chosenModel, listedModels, useModels } from './models-store.ts';

const isHere = (): boolean => useNavigation.getState().workspace === 'models';

const kept = (): ModelRow | null => {
  const model = isHere() ? chosenModel() : null;
  return model === null || model.checksum === null ? null : model;
};

function onModel(
  of: Pick<Command, 'id' | 'title' | 'shortcut'>,
  run: (model: ModelRow) => void,
  when: (model: ModelRow) => boolean = () => true,
): Command {
  return {
    ...of,
    group: 'Model',
    when: () => {
      const model = kept();
      return model !== null && when(model);
    },
    run: () => {
      const model = kept();
      if (model !== null) run(model);
    },
  };
}

/** What can be done with the chosen model, by key or palette. */
export const modelCommands: readonly Command[] = [
  onModel(
    { id: 'model.predict', title: 'Predict a file by the chosen model', shortcut: 'Alt+P' },
    () => useModels.setState({ overlay: 'predict' }),
  ),
  onModel(
    { id: 'model.compare', title: 'Compare the chosen model with another', shortcut: 'Alt+B' },
    compareModel,
    () => listedModels().length > 1,
  ),
  onModel(
    { id: 'model.circuit', title: 'Open the circuit of the chosen model', shortcut: 'Alt+O' },
    (model) => void openModelCircuit(model),
    ({ modelType }) => modelType !== 'CLASSICAL',
  ),
  onModel(
    { id: 'model.export', title: 'Export the chosen model', shortcut: 'Alt+X' },
    (model) => void exportModel(model),
  ),
  onModel({ id: 'model.rename', title: 'Rename the chosen model', shortcut: 'Alt+N' }, () =>
    useModels.setState({ overlay: 'rename' }),
  ),
  {
    id: 'model.remove',
    title: 'Remove the chosen model',
    group: 'Model',
    shortcut: 'Alt+Delete',
    when: () => isHere() && chosenModel() !== null,
    run: () => {
      const model = chosenModel();
      if (model !== null) removeModel(model);
    },
  },
  {
    id: 'model.import',
    title: 'Import a model',
    group: 'Model',
    when: isHere,
    shortcut: 'Alt+L',
    run: () => void importModel(),
  },
];
