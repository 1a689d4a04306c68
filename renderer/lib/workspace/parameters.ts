import { isScalar, nameOfType, type Type } from '#shared/qasm/semantics3/types.ts';
import { readNumber } from '../angle.ts';
import type { ParameterSetting } from './beside.ts';
import type { OpenDocument } from './open-document.ts';

/** A named input of a circuit with the value that the views use. */
export interface NamedParameter {
  readonly name: string;
  /** As the text declares it: "float[64]". */
  readonly type: string;
  readonly isWhole: boolean;
  readonly setting: ParameterSetting;
  /** Null where the typed value cannot be read. */
  readonly value: number | null;
}

const angleSetting: ParameterSetting = { value: 'pi/2', min: '0', max: '2*pi', step: 'pi/100' };
const countSetting: ParameterSetting = { value: '1', min: '0', max: '10', step: '1' };
const truthSetting: ParameterSetting = { value: '0', min: '0', max: '1', step: '1' };

/** The inputs of the program that a number can be given to, in their order. */
export function parametersOf(document: OpenDocument): readonly NamedParameter[] {
  const inputs = document.parsed.modern?.program.state.inputs ?? [];
  return inputs.flatMap(({ name, type }) => {
    const usual = usualSetting(type);
    if (usual === null) return [];
    const setting = document.beside.parameters[name] ?? usual;
    const read = readNumber(setting.value);
    const isWhole = usual !== angleSetting;
    const value = !read.ok ? null : isWhole ? Math.round(read.value) : read.value;
    return [{ name, type: nameOfType(type), isWhole, setting, value }];
  });
}

function usualSetting(type: Type): ParameterSetting | null {
  if (!isScalar(type)) return null;
  switch (type.kind) {
    case 'float':
    case 'angle':
      return angleSetting;
    case 'int':
    case 'uint':
      return countSetting;
    case 'bool':
      return truthSetting;
    case 'bit':
      return { ...truthSetting, max: String(2 ** Math.min(Math.max(type.width, 1), 16) - 1) };
    default:
      return null;
  }
}

/** What a simulation is told: values by name; those that cannot be read are left out. */
export function bindingsOf(document: OpenDocument): Readonly<Record<string, number | boolean>> {
  return Object.fromEntries(
    parametersOf(document).flatMap(({ name, type, value }) =>
      value === null ? [] : [[name, type === 'bool' ? value !== 0 : value]],
    ),
  );
}
