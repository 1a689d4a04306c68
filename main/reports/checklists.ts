interface ChecklistItem {
  readonly question: string;
  /** Null where only the author knows. */
  readonly answer: string | null;
}

export interface Checklist {
  readonly title: string;
  readonly items: readonly ChecklistItem[];
}

/** What runs know about themselves. */
export interface RunFacts {
  /** One sentence on what was computed and how long it took. */
  readonly compute: string;
  /** One sentence on seeds, errors and intervals. */
  readonly statistics: string;
  readonly spec: unknown;
}

/**
 * The questions of two checklists, in short, answered where the runs know the answer.
 * NeurIPS paper checklist (2024); REFORMS: Kapoor et al. 2024, Science Advances 10, eadk3452.
 */
export function checklistsOf({ compute, statistics, spec }: RunFacts): readonly Checklist[] {
  const text = JSON.stringify(spec ?? null);
  const repeat =
    'The bundle holds spec, seeds, versions, data and results; “ketbench verify” replays it.';
  const data = 'The bundle names every file of data with its SHA-256 and its licence.';
  const splits = text.includes('"split":')
    ? 'Preprocessing is fitted inside each training part only; the split and its seed are in the spec.'
    : null;
  return [
    {
      title: 'NeurIPS paper checklist',
      items: [
        item('Claims match the results and their scope'),
        item('Limitations are discussed'),
        item('Theory: assumptions and proofs'),
        item('Results can be reproduced from what is said', repeat),
        item('Data and code are open, with instructions', repeat),
        item(
          'Settings and how they were chosen',
          'All settings, defaults included, are in the spec.',
        ),
        item('Statistical significance and error bars', statistics),
        item('Compute resources', compute),
        item('Code of ethics'),
        item('Broader impacts'),
        item('Safeguards'),
        item('Licences of assets', data),
        item('New assets are documented', 'The bundle is an RO-Crate 1.1.'),
        item('Crowdsourcing and human subjects'),
      ],
    },
    {
      title: 'REFORMS',
      items: [
        item('Study goals: population, motivation, why machine learning'),
        item('Reproducibility: data, code, environment, how to run', repeat),
        item('Data: source, sampling frame, outcome, sample size', data),
        item('Preprocessing: exclusions, missing values, transformations', splits),
        item('Modelling: models, selection, evaluation, baselines'),
        item('Leakage: training and test kept apart', splits),
        item('Metrics and uncertainty', statistics),
        item('Generalisability and limitations'),
      ],
    },
  ];
}

function item(question: string, answer: string | null = null): ChecklistItem {
  return { question, answer };
}

/** What stands where an answer is missing. */
export const forTheAuthor = 'for the author to answer';
