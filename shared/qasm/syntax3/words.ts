/** Types that a declaration may begin with. */
export const typeWords: ReadonlySet<string> = new Set(
  'bit int uint float angle bool complex duration stretch array qubit'.split(' '),
);

/** Words with a fixed meaning, which name nothing else. */
export const reservedWords3: ReadonlySet<string> = new Set([
  ...typeWords,
  ...'OPENQASM include defcalgrammar def cal defcal gate extern box let break continue if else end return for while in switch case default nop pragma'.split(
    ' ',
  ),
  ...'input output const readonly mutable qreg creg void gphase inv pow ctrl negctrl durationof delay reset measure barrier true false pi π tau τ euler ℇ im'.split(
    ' ',
  ),
]);

/** A word that is no name of anything, not even of a constant. */
export function isReserved(word: string): boolean {
  return word === '#dim' || (reservedWords3.has(word) && !constants3.has(word));
}

/** Constants of the language with their values. */
export const constants3: ReadonlyMap<string, 'pi' | 'tau' | 'euler'> = new Map([
  ['pi', 'pi'],
  ['π', 'pi'],
  ['tau', 'tau'],
  ['τ', 'tau'],
  ['euler', 'euler'],
  ['ℇ', 'euler'],
]);
