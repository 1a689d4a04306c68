declare module 'quantum-circuit' {
  interface GateOptions {
    readonly params: Readonly<Record<string, number | undefined>>;
  }
  export default class QuantumCircuit {
    constructor(qubits: number);
    addGate(
      name: string,
      column: number,
      wires: number | readonly number[],
      options?: GateOptions,
    ): void;
    run(): void;
  }
}

declare module 'jsqubits' {
  interface QState {
    rotateY(bit: number, angle: number): QState;
    hadamard(bit: number): QState;
    controlledR(control: number, target: number, angle: number): QState;
    swap(a: number, b: number): QState;
  }
  export default function jsqubits(text: string): QState;
}
