import { AppError } from '#shared/base/errors.ts';
import type { Content } from '#shared/qasm/semantics3/memory.ts';
import type { Input3 } from '#shared/qasm/semantics3/scope.ts';
import {
  type ArrayType,
  isScalar,
  nameOfType,
  type ScalarType,
} from '#shared/qasm/semantics3/types.ts';
import { conversion, type Scalar, wrap } from '#shared/qasm/semantics3/values.ts';

/** Values of a program's inputs; a missing, unknown or unfitting one is `bad-input`. */
export function readInputs(
  inputs: readonly Input3[],
  given: Readonly<Record<string, unknown>>,
): Map<string, Content> {
  const values = new Map<string, Content>();
  for (const { name, type } of inputs) {
    if (!Object.hasOwn(given, name)) {
      throw new AppError(
        'bad-input',
        `The program has the input “${name}” (${nameOfType(type)}), which has no value. Give it one, such as --param ${name}=1.`,
        { parameter: name },
      );
    }
    const value = given[name];
    if (type.kind === 'array') values.set(name, { items: itemsOf(name, type, value, 0) });
    else if (isScalar(type)) values.set(name, scalarOf(name, type, value));
  }
  const unknown = Object.keys(given).find((name) => !values.has(name));
  if (unknown === undefined) return values;
  const known = inputs.length === 0 ? 'none' : inputs.map(({ name }) => name).join(', ');
  throw new AppError('bad-input', `The program has no input “${unknown}”; it has ${known}.`, {
    parameter: unknown,
  });
}

function scalarOf(name: string, type: ScalarType, value: unknown): Scalar {
  if (typeof value === 'string' && /^[01]+$/.test(value) && 'width' in type) {
    if (type.kind === 'bit' && value.length !== type.width) throw unfit(name, type, value);
    return wrap(BigInt(`0b${value}`), type);
  }
  if (typeof value === 'string' && /^-?[0-9]+$/.test(value) && 'width' in type) {
    if (type.kind === 'int' || type.kind === 'uint') return wrap(BigInt(value), type);
  }
  if (type.kind === 'complex' && Array.isArray(value) && value.length === 2) {
    return { re: Number(value[0]), im: Number(value[1]) };
  }
  if (typeof value === 'boolean') return converted(name, { kind: 'bool' }, type, value);
  if (typeof value !== 'number' || !Number.isFinite(value)) throw unfit(name, type, value);
  if (type.kind === 'duration') return value;
  const isWhole = ['int', 'uint', 'bit'].includes(type.kind);
  if (isWhole && !Number.isInteger(value)) throw unfit(name, type, value);
  if (isWhole) {
    const whole = BigInt(value);
    if (wrap(whole, type) !== whole) throw unfit(name, type, value);
    return whole;
  }
  return converted(name, { kind: 'float', width: 64 }, type, value);
}

function converted(name: string, from: ScalarType, type: ScalarType, value: Scalar): Scalar {
  const convert = conversion(from, type);
  if (convert === null) throw unfit(name, type, value);
  return convert(value);
}

function itemsOf(name: string, type: ArrayType, value: unknown, dimension: number): Scalar[] {
  if (dimension === type.rank) return [scalarOf(name, type.item, value)];
  if (!Array.isArray(value) || value.length !== type.shape?.[dimension])
    throw unfit(name, type, value);
  return value.flatMap((item: unknown) => itemsOf(name, type, item, dimension + 1));
}

function unfit(name: string, type: ScalarType | ArrayType, value: unknown): AppError {
  const shown = typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  return new AppError('bad-input', `The input “${name}” is ${nameOfType(type)}; got ${shown}.`, {
    parameter: name,
  });
}
