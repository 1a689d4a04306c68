import { Bytes } from './bytes.ts';
import { maximumPages } from '../memory.ts';
import type { FunctionBuilder } from './function-builder.ts';

/** A function of the module; `name` where it is exported. */
export interface ModuleFunction {
  readonly builder: FunctionBuilder;
  readonly name: string | null;
}

/** Flags of a memory that is shared and has a maximum, with addresses of 32 and of 64 bits. */
const memoryFlags = { narrow: 3, wide: 7 } as const;

/** A module that imports the shared memory env.memory and exports the named functions. */
export function encodeModule(
  functions: readonly ModuleFunction[],
  addresses: 'narrow' | 'wide' = 'narrow',
): Uint8Array<ArrayBuffer> {
  const module = new Bytes().append([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  const signatures = [...new Set(functions.map(({ builder }) => signatureOf(builder)))];
  section(module, 1, (out) => {
    out.unsigned(signatures.length);
    for (const signature of signatures) out.append(signature.split(' ').map(Number));
  });
  section(module, 2, (out) => {
    out.unsigned(1).text('env').text('memory');
    out.byte(2).byte(memoryFlags[addresses]).unsigned(1).unsigned(maximumPages[addresses]);
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
  return [0x60, parameters.length, ...parameters, 0].join(' ');
}

function section(module: Bytes, id: number, write: (out: Bytes) => void): void {
  const content = new Bytes();
  write(content);
  module.byte(id).unsigned(content.length).append(content.view());
}
