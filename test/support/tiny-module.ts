const section = (id: number, content: readonly number[]): number[] => [
  id,
  content.length,
  ...content,
];
const name = (text: string): number[] => [text.length, ...Array.from(text, (c) => c.charCodeAt(0))];
const body = (locals: readonly number[], code: readonly number[]): number[] => {
  const all = [...locals, ...code, 0x0b];
  return [all.length, ...all];
};

/** For each block b of [first, last): the 32-bit word at argument + 4b grows by b + 1. */
const add = [
  [0x02, 0x40, 0x03, 0x40, 0x20, 0, 0x20, 1, 0x4e, 0x0d, 1],
  [0x20, 3, 0x20, 0, 0x41, 2, 0x74, 0x6a, 0x21, 4],
  [0x20, 4, 0x20, 4, 0x28, 2, 0, 0x20, 0, 0x41, 1, 0x6a, 0x6a, 0x36, 2, 0],
  [0x20, 0, 0x41, 1, 0x6a, 0x21, 0, 0x0c, 0, 0x0b, 0x0b],
].flat();

const header = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** A module of two kernels over a shared env.memory: `add`, and `trap` that always fails. */
export const tinyModuleBytes = Uint8Array.from([
  ...header,
  ...section(1, [1, 0x60, 4, 0x7f, 0x7f, 0x7f, 0x7f, 0]),
  ...section(2, [1, ...name('env'), ...name('memory'), 2, 3, 1, 0x80, 0x80, 4]),
  ...section(3, [2, 0, 0]),
  ...section(7, [2, ...name('add'), 0, 0, ...name('trap'), 0, 1]),
  ...section(10, [2, ...body([1, 1, 0x7f], add), ...body([0], [0x00])]),
]);
