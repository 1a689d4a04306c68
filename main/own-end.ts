/**
 * How a process of Ketbench ends is for Ketbench to say. Libraries made from C by Emscripten (libsvm-js)
 * listen for unhandled rejections and end the process without a word; without them, Node prints what was
 * thrown and where. Imported for this effect, before what loads such a library.
 */
const ends: readonly (string | symbol)[] = ['unhandledRejection', 'uncaughtException'];

process.on('newListener', (event, listener) => {
  if (!ends.includes(event)) return;
  // It is added only after this has been said.
  process.nextTick(() => process.off(event, listener as () => void));
});
