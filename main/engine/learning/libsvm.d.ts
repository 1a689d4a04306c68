/** The parts of libsvm-js (BSD-3-Clause) that Ketbench uses; the package has no types of its own. */
declare module 'libsvm-js/asm.js' {
  interface Options {
    readonly type: string;
    readonly kernel: string;
    readonly cost: number;
    /** Width of the tube of an ε-SVR. */
    readonly epsilon?: number;
    readonly tolerance: number;
    readonly cacheSize: number;
    readonly quiet: boolean;
  }
  class SVM {
    static readonly SVM_TYPES: { readonly C_SVC: string; readonly EPSILON_SVR: string };
    static readonly KERNEL_TYPES: { readonly PRECOMPUTED: string };
    constructor(options: Options);
    train(samples: readonly (readonly number[])[], labels: readonly number[]): void;
    serializeModel(): string;
    free(): void;
  }
  export = SVM;
}
