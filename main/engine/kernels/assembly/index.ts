export { sweep } from './sweep';
export { buildTables } from './tables';
export {
  addPauli,
  clear,
  copy,
  pauli,
  permute,
  project,
  scale,
  squares,
  timesTable,
  transition,
  weigh,
  weighted,
} from './reductions';
