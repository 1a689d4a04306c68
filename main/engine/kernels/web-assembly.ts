/**
 * WebAssembly as the kernels use it. No ECMAScript library declares it, and an ambient declaration
 * would clash with the one that the window's DOM library brings along.
 */
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

/**
 * Shared memory: `grow` keeps views valid, and `buffer` is a longer one afterwards. Pages are counted in
 * bigints where addresses have 64 bits.
 */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number | bigint): number | bigint;
}

/** Every kernel: blocks [first, last), the thread that runs it, and an address or number of its own. */
export type KernelFunction = (
  first: number,
  last: number,
  thread: number,
  argument: number,
) => void;

interface WebAssemblyNamespace {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: { readonly env: Readonly<Record<string, WasmMemory | KernelFunction>> },
  ) => { readonly exports: Readonly<Record<string, KernelFunction>> };
  readonly Memory: new (
    limits:
      | { readonly initial: number; readonly maximum: number; readonly shared: true }
      | {
          readonly initial: bigint;
          readonly maximum: bigint;
          readonly shared: true;
          readonly address: 'i64';
        },
  ) => WasmMemory;
  validate(bytes: Uint8Array): boolean;
}

export const webAssembly = (globalThis as unknown as { readonly WebAssembly: WebAssemblyNamespace })
  .WebAssembly;
