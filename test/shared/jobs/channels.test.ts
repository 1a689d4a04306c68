import { describe, expect, test } from 'vitest';
import { objectSchemaOf } from '#shared/catalog/schema.ts';
import { channels } from '#shared/jobs/channels.ts';
import { noiseRuleSchema } from '#shared/jobs/noise.ts';

const target = new Set(['channel', 'on', 'qubits']);

test('every channel that a rule may name is described, in order', () => {
  const named = noiseRuleSchema.options.map(({ shape }) => shape.channel.value);
  expect(channels.map(({ id }) => id)).toEqual(named.toSorted());
});

describe.each(channels)('the form of $id', ({ id, parameters }) => {
  const option = noiseRuleSchema.options.find(({ shape }) => shape.channel.value === id);
  const form = objectSchemaOf(parameters, () => null);

  test('has the fields of its rule', () => {
    const fields = Object.keys(option?.shape ?? {}).filter((name) => !target.has(name));
    expect(parameters.map((one) => one.id)).toEqual(fields);
  });

  test('takes the numbers that a rule takes', () => {
    for (const value of [-1, -1e-9, 0, 1e-9, 0.5, 1, 1 + 1e-9, 2, Number.NaN, '0.5']) {
      const values = Object.fromEntries(
        parameters.map((one) => [one.id, one.kind === 'json' ? [[[[1, 0]]]] : value]),
      );
      const isRule = noiseRuleSchema.safeParse({ channel: id, ...values }).success;
      expect(form.safeParse(values).success, String(value)).toBe(isRule);
    }
  });
});
