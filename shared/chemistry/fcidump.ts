import { AppError } from '../base/errors.ts';
import type { OrbitalIntegrals } from './orbital-integrals.ts';

const path = 'problem.fcidump';

/**
 * Reads integrals as quantum chemistry programs write them (Knowles and Handy 1989, Comput. Phys. Commun. 54, 75): a
 * namelist with NORB, NELEC and MS2, then lines of a value and four indices from 1. The first orbitals are taken to be filled.
 */
export function readFcidump(text: string): OrbitalIntegrals {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => /(&END|\/)\s*$/i.test(line));
  const head = lines.slice(0, end + 1).join(' ');
  const orbitals = headNumber(head, 'NORB');
  const count = headNumber(head, 'NELEC');
  const unpaired = /\bMS2\s*=/i.test(head) ? headNumber(head, 'MS2') : 0;
  const electrons = [(count + unpaired) / 2, (count - unpaired) / 2] as const;
  if (!electrons.every((one) => Number.isInteger(one) && one >= 0 && one <= orbitals)) {
    throw wrong(
      `NELEC = ${count} and MS2 = ${unpaired} do not fit into NORB = ${orbitals} orbitals`,
    );
  }
  if (/\bIUHF\s*=\s*1/i.test(head))
    throw wrong('orbitals that differ by spin (IUHF = 1) cannot be read');
  const one = new Float64Array(orbitals ** 2);
  const two = new Float64Array(orbitals ** 4);
  let constant = 0;
  lines.slice(end + 1).forEach((line, k) => {
    if (line.trim() === '') return;
    const numbers = line
      .trim()
      .split(/\s+/)
      .map((word) => Number(word.replace(/d/i, 'e')));
    const [value, ...indices] = numbers as [number, ...number[]];
    const isWhole = numbers.length === 5 && Number.isFinite(value);
    if (!isWhole || !indices.every((i) => Number.isInteger(i) && i >= 0 && i <= orbitals)) {
      throw wrong(
        `line ${end + 2 + k}, “${line.trim()}”, is no value and four orbitals from 0 to ${orbitals}`,
      );
    }
    const [p, q, r, s] = indices.map((i) => i - 1) as [number, number, number, number];
    if (r >= 0 && s >= 0 && p >= 0 && q >= 0) {
      for (const [a, b, c, d] of [
        [p, q, r, s],
        [r, s, p, q],
      ] as const) {
        for (const [i, j] of [
          [a, b],
          [b, a],
        ] as const) {
          two[((i * orbitals + j) * orbitals + c) * orbitals + d] = value;
          two[((i * orbitals + j) * orbitals + d) * orbitals + c] = value;
        }
      }
    } else if (p >= 0 && q >= 0) {
      one[p * orbitals + q] = value;
      one[q * orbitals + p] = value;
    } else if (p < 0) constant = value;
    // An index alone names the energy of an orbital, which follows from the others.
  });
  return { orbitals, electrons, constant, one, two };
}

function headNumber(head: string, name: string): number {
  const found = new RegExp(`\\b${name}\\s*=\\s*(-?\\d+)`, 'i').exec(head)?.[1];
  if (found === undefined) throw wrong(`its head does not say ${name}`);
  return Number(found);
}

function wrong(what: string): AppError {
  return new AppError(
    'bad-input',
    `The FCIDUMP cannot be read: ${what}. It begins with “&FCI NORB=…,NELEC=…,MS2=…” and “&END”, then has lines of a value and four indices.`,
    { path },
  );
}
