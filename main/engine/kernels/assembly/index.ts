export { weigh, project } from './parts';
export { addPauli, pauli, pauliSum } from './paulis';
export { sweep } from './sweep';
export { buildTables } from './tables';
export { transition } from './transition';
export { weighted, weightedSquares } from './weighted';
export { clear, copy, scale, squares } from './whole-states';
