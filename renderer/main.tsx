import './lib/zod-setup.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/components.css';
import './app/app.css';
import { createRoot } from 'react-dom/client';
import { Shell } from './app/shell.tsx';
import { start } from './app/start.ts';

start();
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<Shell />);
