/**
 * A thread whose heap is full is given 16 MB to end in. Young objects that move up in one collection must
 * fit into that, or the whole process ends with the thread.
 */
export const smallYoungHeap = { maxYoungGenerationSizeMb: 24 } as const;
