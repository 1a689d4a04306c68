import { noOneState } from '#shared/jobs/one-state.ts';

/** What the engine says to its callers, in the words of a window that has no options and no JSON. */
const words: readonly (readonly [RegExp, string])[] = [
  [
    /qubitProbabilities is null: it has more than (\d+) entries\.?/,
    'The qubits have more than $1 outcomes, too many for a list.',
  ],
  [
    /qubitProbabilities is null: it is counted for at most (\d+) qubits by this method\.?/,
    'The outcomes of more than $1 qubits are not listed by this method.',
  ],
  // The views show no such list: what they draw comes with reasons of its own.
  [/state is null:.*/, ''],
  [/Ask for shots \(--shots\) instead/, 'Choose “Shots” in Probabilities instead'],
  [/ask for shots \(--shots\)(, without --probabilities)?/i, 'choose “Shots” in Probabilities'],
  [/^--method (\w+)/, 'The method “$1”'],
  [/--method (\w+)/g, 'the method “$1”'],
  [/--precision f32 halves/, 'Single precision halves'],
  [/ \(?--[a-z-]+\)?/g, ''],
];

/** A warning or an error of the simulation for the views; empty where they say it themselves. */
export function inWindowWords(text: string): string {
  if (text === noOneState) return '';
  return words.reduce((said, [what, instead]) => said.replace(what, instead), text).trim();
}
