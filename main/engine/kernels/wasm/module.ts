import { Bytes } from './bytes.ts';
import type { FunctionBuilder } from './function-builder.ts';

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
  const arities = [...new Set(functions.map(({ builder }) => builder.parameters))];
  section(module, 1, (out) => {
    out.unsigned(arities.length);
    for (const arity of arities) {
      out.byte(0x60).unsigned(arity);
      for (let i = 0; i < arity; i++) out.byte(0x7f);
      out.unsigned(0);
    }
  });
  section(module, 2, (out) => {
    // One import: a memory (2) that is shared and has a maximum (flags 3).
    out.unsigned(1).text('env').text('memory').byte(2).byte(3).unsigned(1).unsigned(mostPages);
  });
  section(module, 3, (out) => {
    out.unsigned(functions.length);
    for (const { builder } of functions) out.unsigned(arities.indexOf(builder.parameters));
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

function section(module: Bytes, id: number, write: (out: Bytes) => void): void {
  const content = new Bytes();
  write(content);
  module.byte(id).unsigned(content.length).append(content.view());
}
