import highs, { type Highs } from 'highs';
import { AppError } from '#shared/base/errors.ts';

/** The package's types are those of a CommonJS module, while `import` is given the function itself. */
const loadHighs = highs as unknown as typeof highs.default;

let loading: Promise<void> | null = null;
let library: Highs | null = null;

/** Starts HiGHS (MIT) once in this thread; it takes a tenth of a second. */
export async function loadLibrary(): Promise<void> {
  loading ??= loadHighs().then((loaded) => {
    library = loaded;
  });
  return loading;
}

export function highsLibrary(): Highs {
  if (library === null) throw new AppError('internal', 'HiGHS was not loaded before its run.');
  return library;
}
