import './documents.css';

export { acceptDroppedCircuits, followOpened } from './actions.ts';
export { followLibrary } from './library.ts';
export { DocumentTabs } from './document-tabs.tsx';
export { Gallery } from './gallery.tsx';
export { StartPage } from './start-page.tsx';
