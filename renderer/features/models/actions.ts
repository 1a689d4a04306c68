import type { ModelRow } from '#shared/models/model-summary.ts';
import { client } from '#renderer/lib/client.ts';
import { chooseTextFile, downloadText, fileNameOf } from '#renderer/lib/download.ts';
import { goTo } from '#renderer/lib/navigation.ts';
import { announce, notify, notifyError } from '#renderer/lib/notices.ts';
import { removeUndoably, undoRemoval } from '#renderer/lib/removals.ts';
import { openInTab } from '#renderer/lib/workspace/workspace-store.ts';
import { listedModels, useModels } from './models-store.ts';

/** Lets the user choose a file that was exported and brings it in. */
export async function importModel(): Promise<void> {
  try {
    const file = await chooseTextFile('.json,application/json');
    if (file === null) return;
    const row = await client().request('models.import', file);
    // The same model may be on its way out.
    undoRemoval(row.modelId);
    useModels.setState({ selected: row.modelId, compared: null, query: '' });
    announce(`${row.name} imported.`);
  } catch (thrown) {
    notifyError(thrown);
  }
}

export async function exportModel({ modelId }: ModelRow): Promise<void> {
  try {
    const { text } = await client().request('models.export', { modelId });
    downloadText(`${fileNameOf(modelId)}.json`, 'application/json', text);
  } catch (thrown) {
    notifyError(thrown);
  }
}

export async function renameModel({ modelId }: ModelRow, name: string): Promise<void> {
  try {
    await client().request('models.rename', { modelId, name });
  } catch (thrown) {
    notifyError(thrown);
  }
}

/** Can be taken back for a moment. */
export function removeModel({ modelId, name }: ModelRow): void {
  removeUndoably({ key: modelId, label: name }, () =>
    client().request('models.remove', { modelId }),
  );
  useModels.setState(({ compared }) => ({
    selected: null,
    compared: compared === modelId ? null : compared,
  }));
}

/** The circuit that the model asks about a row, as a new document of the designer. */
export async function openModelCircuit({ modelId, name }: ModelRow): Promise<void> {
  try {
    const { circuit } = await client().request('models.card', { modelId });
    if (circuit === null) {
      notify('info', `${name} is classical: it has no circuit.`);
      return;
    }
    openInTab({ name: `${name} ${modelId}`, text: circuit });
    goTo('circuits');
  } catch (thrown) {
    notifyError(thrown);
  }
}

/** Puts a model beside the chosen one: this one, else the next of the list; again takes it away. */
export function compareModel(chosen: ModelRow): void {
  const { compared } = useModels.getState();
  if (compared !== null) return useModels.setState({ compared: null });
  const listed = listedModels();
  const at = listed.findIndex(({ modelId }) => modelId === chosen.modelId);
  const other = listed[at + 1] ?? listed[at - 1];
  useModels.setState({ selected: chosen.modelId, compared: other?.modelId ?? null });
}
