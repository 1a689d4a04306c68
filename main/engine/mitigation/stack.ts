import { places, type SettingsFault, type Technique } from './technique.ts';

const works: Readonly<Record<Technique['place'], string>> = {
  reading: 'how outcomes are read',
  circuits: 'the circuits that run',
  strength: 'the strength of the noise',
  learning: 'what circuits with known values tell',
  state: 'the state that is looked at',
};

/** Why techniques in this order make no sense, at the place of the later one; null where they do. */
export function stackFault(
  techniques: readonly Technique[],
): (SettingsFault & { readonly at: number }) | null {
  for (const [at, technique] of techniques.entries()) {
    const before = techniques[at - 1];
    if (before === undefined) continue;
    const message = faultAfter(before, technique, techniques.slice(0, at));
    if (message !== null) return { at, path: 'technique', message };
  }
  return null;
}

function faultAfter(before: Technique, own: Technique, all: readonly Technique[]): string | null {
  // A second extrapolation takes out what the first one left; nothing else is worth doing twice.
  const isRepeatable = own.place === 'strength';
  if (!isRepeatable && all.some(({ id }) => id === own.id)) {
    return `“${own.id}” is listed twice; the second time it would find nothing left to do. Leave one out.`;
  }
  if (places.indexOf(own.place) < places.indexOf(before.place)) {
    return `“${own.id}” works on ${works[own.place]}, “${before.id}” on ${works[before.place]}, which comes of that: the technique that is listed first works first. List “${own.id}” before “${before.id}”.`;
  }
  if (own.place === before.place && (own.place === 'reading' || own.place === 'learning')) {
    return `“${own.id}” and “${before.id}” both work on ${works[own.place]}, each as if it were alone. Leave one out.`;
  }
  if (own.place === 'strength' && all.some(({ id }) => id === 'pec')) {
    return `“pec” takes the noise out, so there is none left for “${own.id}” to scale. Leave one out.`;
  }
  return null;
}
