import { create } from 'zustand';
import { type AppError, asAppError } from '#shared/base/errors.ts';
import { leadingMetric, type ModelRow } from '#shared/models/model-summary.ts';
import { client } from '#renderer/lib/client.ts';
import { useRemovals } from '#renderer/lib/removals.ts';

/** By what the list is put in order. */
export const sortings = [
  { value: 'newest', title: 'Newest first' },
  { value: 'name', title: 'Name' },
  { value: 'learner', title: 'Learner' },
  { value: 'score', title: 'Best score first' },
] as const;

export type Sorting = (typeof sortings)[number]['value'];

interface ModelsState {
  /** Null until they were read. */
  readonly models: readonly ModelRow[] | null;
  readonly error: AppError | null;
  readonly selected: string | null;
  /** Shown beside the selected one; null = it stands alone. */
  readonly compared: string | null;
  readonly query: string;
  readonly sorting: Sorting;
  readonly overlay: 'none' | 'predict' | 'rename';
}

/** Trained models of the library, and what is looked at. */
export const useModels = create<ModelsState>(() => ({
  models: null,
  error: null,
  selected: null,
  compared: null,
  query: '',
  sorting: 'newest',
  overlay: 'none',
}));

export async function loadModels(): Promise<void> {
  try {
    useModels.setState({ models: await client().request('models.list', {}), error: null });
  } catch (thrown) {
    useModels.setState({ error: asAppError(thrown) });
  }
}

/** The models that the search leaves, in the order of the list. */
export function shownModels(
  models: readonly ModelRow[],
  { query, sorting }: Pick<ModelsState, 'query' | 'sorting'>,
): readonly ModelRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const textOf = ({ modelId, name, architecture, target, modelType, features }: ModelRow): string =>
    [modelId, name, architecture, target ?? '', modelType, ...features].join(' ').toLowerCase();
  const found = models.filter((row) => {
    const text = textOf(row);
    return words.every((word) => text.includes(word));
  });
  return found.toSorted((a, b) => compare(a, b, sorting) || a.modelId.localeCompare(b.modelId));
}

function compare(a: ModelRow, b: ModelRow, sorting: Sorting): number {
  switch (sorting) {
    case 'newest':
      return b.lastTrainedAt.localeCompare(a.lastTrainedAt);
    case 'name':
      return a.name.localeCompare(b.name);
    case 'learner':
      return a.architecture.localeCompare(b.architecture);
    case 'score':
      return rankOf(a) - rankOf(b) || scoreValue(b) - scoreValue(a);
  }
}

const ranked = ['accuracy', 'r2', 'mse'];

/** Scores of different kinds stand apart. */
function rankOf(row: ModelRow): number {
  const place = ranked.indexOf(leadingMetric(row) ?? '');
  return place < 0 ? ranked.length : place;
}

/** Larger is better. */
function scoreValue(row: ModelRow): number {
  const metric = leadingMetric(row);
  const value = metric === null ? 0 : (row.metrics[metric] ?? 0);
  return metric === 'mse' ? -value : value;
}

/** The models that are in sight now. */
export function listedModels(): readonly ModelRow[] {
  const state = useModels.getState();
  const { hidden } = useRemovals.getState();
  const models = (state.models ?? []).filter(({ modelId }) => !hidden.has(modelId));
  return shownModels(models, state);
}

/** The model whose card is open: the chosen one, else the first of the list. */
export function chosenModel(): ModelRow | null {
  const { selected } = useModels.getState();
  const listed = listedModels();
  return listed.find(({ modelId }) => modelId === selected) ?? listed[0] ?? null;
}
