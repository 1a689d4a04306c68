import { z } from 'zod';
import type { Figure } from '../figures/figure.ts';
import type { Picture } from '../problems/meaning.ts';

const node = z.object({
  label: z.string(),
  group: z.number(),
  at: z.tuple([z.number(), z.number()]).optional(),
});

const item = z.object({ label: z.string(), x: z.number(), y: z.number(), chosen: z.boolean() });

/** What is drawn of a solution, as results carry it. */
export const pictureSchema: z.ZodType<Picture> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('graph'),
    title: z.string(),
    groups: z.array(z.string()),
    nodes: z.array(node),
    edges: z.array(z.tuple([z.number(), z.number(), z.boolean()])),
  }),
  z.object({
    kind: z.literal('items'),
    title: z.string(),
    x: z.string(),
    y: z.string(),
    items: z.array(item),
  }),
]);

export function pictureFigure(picture: Picture): Figure {
  if (picture.kind === 'graph') {
    const { title, groups, nodes, edges } = picture;
    return {
      kind: 'graph',
      id: 'picture',
      title,
      x: { title: '', unit: '' },
      y: { title: '', unit: '' },
      groups,
      nodes: nodes.map(({ label, group, at }) => ({ label, group, at: at ?? null })),
      edges: edges.map(([from, to, standsOut]) => ({ from, to, standsOut })),
    };
  }
  const { title, x, y, items } = picture;
  const pointsOf = (chosen: boolean) => items.filter((one) => one.chosen === chosen);
  return {
    kind: 'scatter',
    id: 'picture',
    title,
    x: { title: x, unit: '' },
    y: { title: y, unit: '' },
    groups: [
      { name: 'chosen', points: pointsOf(true) },
      { name: 'left out', points: pointsOf(false) },
    ],
  };
}
