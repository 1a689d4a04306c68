export { sweep } from './sweep';
export { buildTables } from './tables';
export {
  addPauli,
  clear,
  copy,
  pauli,
  pauliSum,
  project,
  scale,
  squares,
  transition,
  weigh,
  weighted,
  weightedSquares,
} from './reductions';
