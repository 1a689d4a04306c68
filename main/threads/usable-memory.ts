import { freemem } from 'node:os';

/** A part of what is free stays with the rest of the machine. */
const usableShare = 0.9;

/** Bytes of memory that new work may use now: of the machine, or of what a batch system granted. */
export function usableMemory(): number {
  return Math.floor(Math.min(freemem(), process.availableMemory()) * usableShare);
}
