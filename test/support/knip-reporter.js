/** Prints each finding on a line and how many files were read, which test/run.js checks. */
export default function report({ issues, counters }) {
  let found = 0;
  for (const [kind, byFile] of Object.entries(issues)) {
    for (const [file, records] of Object.entries(byFile)) {
      for (const { symbol, line, filePath } of Object.values(records)) {
        found++;
        console.log(`unused ${kind}: ${symbol} in ${filePath ?? file}${line ? `:${line}` : ''}`);
      }
    }
  }
  console.log(`${found} findings in ${counters.processed} files`);
}
