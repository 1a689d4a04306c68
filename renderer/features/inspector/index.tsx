import './inspector.css';

export { AmplitudesPanel } from './amplitudes-panel.tsx';
export { BlochPanel } from './bloch-panel.tsx';
export { DensityPanel } from './density-panel.tsx';
export { EntanglementPanel } from './entanglement-panel.tsx';
export { HistogramPanel } from './histogram.tsx';
export { followActiveCircuit } from './live-simulation.ts';
export { PauliPanel } from './pauli-panel.tsx';
