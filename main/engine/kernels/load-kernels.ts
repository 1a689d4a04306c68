import { fromBase64 } from './base64.ts';
import type { Crew, LoadedModule } from './crew.ts';
import { frameModules, kernelModules, shotModules, wideModules } from './kernel-modules.ts';
import type { KernelMemory } from './memory.ts';
import { webAssembly, type WasmModule } from './web-assembly.ts';

export type Precision = 'f32' | 'f64';
type Variant = keyof typeof kernelModules;

/** The smallest module that uses a relaxed multiply-add. */
const relaxedProbe = Uint8Array.from(
  [
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0, 10, 19, 1, 17, 0],
    [0x41, 0, 0xfd, 0x0f, 0x41, 0, 0xfd, 0x0f, 0x41, 0, 0xfd, 0x0f, 0xfd, 0x85, 0x02, 0x0b],
  ].flat(),
);

let hasRelaxed: boolean | null = null;

/** Whether multiply and add may be one instruction here, whose rounding differs between machines. */
export function canRelax(): boolean {
  hasRelaxed ??= webAssembly.validate(relaxedProbe);
  return hasRelaxed;
}

const compiled = new Map<string, WasmModule>();
const loaded = new WeakMap<Crew, WeakMap<KernelMemory, Map<Variant, LoadedModule>>>();

/** The kernels for states of a memory, loaded once. */
export function loadKernels(
  crew: Crew,
  memory: KernelMemory,
  precision: Precision,
  isRelaxed: boolean,
): LoadedModule {
  const variant = variantOf(precision, isRelaxed);
  const byMemory = loaded.get(crew) ?? new WeakMap<KernelMemory, Map<Variant, LoadedModule>>();
  loaded.set(crew, byMemory);
  const byVariant = byMemory.get(memory) ?? new Map<Variant, LoadedModule>();
  byMemory.set(memory, byVariant);
  const known = byVariant.get(variant);
  if (known !== undefined) return known;
  const kernels = crew.load(
    compiledOnce((memory.isWide ? wideModules : kernelModules)[variant]),
    memory,
  );
  byVariant.set(variant, kernels);
  return kernels;
}

/** The kernels for shots of a circuit, whose own module exports its segments. */
export function loadShots(
  crew: Crew,
  memory: KernelMemory,
  segments: LoadedModule,
  { precision, isRelaxed }: { readonly precision: Precision; readonly isRelaxed: boolean },
): LoadedModule {
  return crew.load(compiledOnce(shotModules[variantOf(precision, isRelaxed)]), memory, segments);
}

/** The kernel of Pauli frames. */
export function loadFrames(crew: Crew, memory: KernelMemory): LoadedModule {
  return crew.load(compiledOnce(frameModules['f64-portable']), memory);
}

function variantOf(precision: Precision, isRelaxed: boolean): Variant {
  return `${precision}-${isRelaxed ? 'relaxed' : 'portable'}`;
}

/** A module from base64, by its text. */
function compiledOnce(text: string): WasmModule {
  const module = compiled.get(text) ?? new webAssembly.Module(fromBase64(text));
  compiled.set(text, module);
  return module;
}
