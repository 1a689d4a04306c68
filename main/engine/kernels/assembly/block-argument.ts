import { BYTE_BITS, LANE_BITS } from './vectors';

/*
 * What is done with all amplitudes of a state, or read of them. Every block leaves its part of a sum in a
 * place of its own, always added up in the same order, so that a total does not depend on who computed
 * which block.
 *
 * Argument (bytes): 0 4 real and imaginary parts of a, 8 12 of b (farAt), 16 bits of a block, 20 results,
 * then what the function names; tables are farAt, too.
 */

/** Bytes of the real parts of a block. */
@inline
export function blockBytesOf(argument: usize): usize {
  return (<usize>1) << (load<i32>(argument, 16) + BYTE_BITS);
}

/** What a mask over the bits of an index says of lanes. */
@inline
export function withinOf(mask: u32): u32 {
  return mask & ((1 << LANE_BITS) - 1);
}

/** What it says of a vector's byte offset. */
@inline
export function acrossOf(mask: u32): usize {
  return <usize>(mask >> LANE_BITS) << 4;
}
