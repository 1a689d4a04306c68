import type { ReportFormat } from '#shared/ipc/library.ts';

/** Apart from the formats themselves, which bring their libraries along. */
export const reportTitles: Readonly<Record<ReportFormat, string>> = {
  pdf: 'Report and figures (PDF)',
  latex: 'LaTeX sources',
  html: 'Report (HTML, one file)',
  svg: 'Figures (SVG)',
  eps: 'Figures (EPS)',
  png: 'Figures (PNG)',
  csv: 'Tables (CSV)',
  json: 'Document (JSON)',
  parquet: 'Tables (Parquet)',
  bundle: 'Bundle that replays (RO-Crate)',
};
