/** The warning of exact results whose qubits were measured, reset or conditioned on the way. */
export const noOneState =
  'The program measures, resets or conditions qubits before its end, so there is no one state before the last measurement: qubitProbabilities, state and expectations are null. Ask for shots (--shots) to have them estimated.';
