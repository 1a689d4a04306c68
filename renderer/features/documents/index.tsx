import './documents.css';

export { acceptDroppedCircuits } from './actions.ts';
export { DocumentTabs } from './document-tabs.tsx';
export { Gallery } from './gallery.tsx';
export { StartPage } from './start-page.tsx';
