import { writeFileSync } from 'node:fs';
import { algorithmsPage } from './support/algorithms-page.ts';

writeFileSync('docs/algorithms.md', await algorithmsPage());
