import './designer.css';

export { Designer } from './designer.tsx';
export { Palette } from './palette.tsx';
