import { Bytes } from './bytes.ts';
import { type FunctionBuilder, valueType } from './function-builder.ts';

/** Pages of 64 KiB that a 32-bit memory can have. */
const mostPages = 65536;

/** A function of the module; `name` where it is exported. */
export interface ModuleFunction {
  readonly builder: FunctionBuilder;
  readonly name: string | null;
}

/** A module that imports the shared memory env.memory and exports the named functions. */
export function encodeModule(functions: readonly ModuleFunction[]): Uint8Array<ArrayBuffer> {
  const module = new Bytes().append([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  const signatures = [...new Set(functions.map(({ builder }) => signatureOf(builder)))];
  section(module, 1, (out) => {
    out.unsigned(signatures.length);
    for (const signature of signatures) out.append(signature.split(' ').map(Number));
  });
  section(module, 2, (out) => {
    // One import: a memory (2) that is shared and has a maximum (flags 3).
    out.unsigned(1).text('env').text('memory').byte(2).byte(3).unsigned(1).unsigned(mostPages);
  });
  section(module, 3, (out) => {
    out.unsigned(functions.length);
    for (const { builder } of functions) {
      out.unsigned(signatures.indexOf(signatureOf(builder)));
    }
  });
  section(module, 7, (out) => {
    const named = functions.filter(({ name }) => name !== null);
    out.unsigned(named.length);
    for (const one of named) {
      out
        .text(one.name as string)
        .byte(0)
        .unsigned(functions.indexOf(one));
    }
  });
  section(module, 10, (out) => {
    out.unsigned(functions.length);
    for (const { builder } of functions) {
      const body = builder.body();
      out.unsigned(body.length).append(body);
    }
  });
  return module.view().slice();
}

/** The bytes of a function type, as text so that equal ones are found. */
function signatureOf({ parameters }: FunctionBuilder): string {
  const types = Array.from({ length: parameters }, () => valueType.i32);
  return [0x60, parameters, ...types, 0].join(' ');
}

function section(module: Bytes, id: number, write: (out: Bytes) => void): void {
  const content = new Bytes();
  write(content);
  module.byte(id).unsigned(content.length).append(content.view());
}
