import { z } from 'zod';
import { type Mark, markSchema, relocated } from './marks.ts';

/** How columns are given to gates. */
export const circuitViews = ['left', 'layers', 'free'] as const;

export type CircuitView = (typeof circuitViews)[number];

export const parameterSchema = z.object({
  value: z.string(),
  min: z.string(),
  max: z.string(),
  step: z.string(),
});

/** The value of a named parameter and the range of its slider, as they were typed: "pi/4". */
export type ParameterSetting = z.infer<typeof parameterSchema>;

/** What belongs to a circuit but not into its text. Kept in the document's sidecar. */
export interface Beside {
  readonly view: CircuitView;
  /** By the parameter's name; one that is not in the circuit now may come back by undo. */
  readonly parameters: Readonly<Record<string, ParameterSetting>>;
  /** Notes, displays and places, in the order they were made. */
  readonly marks: readonly Mark[];
}

export const nothingBeside: Beside = { view: 'left', parameters: {}, marks: [] };

const storedSchema = z.object({
  version: z.literal(1),
  view: z.enum(circuitViews),
  parameters: z.record(z.string(), parameterSchema),
  marks: z.array(z.object({ mark: markSchema, source: z.string() })),
});

/** What a sidecar holds beside the text. Marks follow their statements if the text was changed elsewhere. */
export function besideIn(sidecar: unknown, text: string): Beside {
  const isRecord = typeof sidecar === 'object' && sidecar !== null && 'drawing' in sidecar;
  const stored = storedSchema.safeParse(isRecord ? sidecar.drawing : null);
  if (!stored.success) return nothingBeside;
  const { view, parameters } = stored.data;
  const marks = stored.data.marks.flatMap(
    ({ mark, source }) => relocated(mark, source, text) ?? [],
  );
  return { view, parameters, marks };
}

/** What is written into the sidecar: each mark with the text of its statement, to find it again. */
export function storedBeside({ view, parameters, marks }: Beside, text: string): unknown {
  return {
    version: 1,
    view,
    parameters,
    marks: marks.map((mark) => ({
      mark,
      source: text.slice(mark.anchor.start, mark.anchor.end),
    })),
  };
}
