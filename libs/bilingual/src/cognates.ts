/**
 * Medical words of both languages come from the same Greek and Latin: "neumoperitoneo" and "pneumoperitoneum". Written
 * alike, most share their beginning. The rewritings are the regular correspondences of spelling.
 */
const sounds = (form: string): string =>
  form
    .replace(/^es(?=[ptcfklmq])/u, 's')
    .replace(/^(pn|mn|ps|pt)/u, (pair) => pair.slice(1))
    .replace(/[ct]ion(?=es|s|$)/gu, 'tion')
    .replace(/nm/gu, 'm')
    .replace(/ph/gu, 'f')
    .replace(/th/gu, 't')
    .replace(/rh/gu, 'r')
    .replace(/ch|qu|k/gu, 'c')
    .replace(/y/gu, 'i')
    .replace(/ae|oe/gu, 'e')
    .replace(/h/gu, '')
    .replace(/[vw]/gu, 'b')
    .replace(/z/gu, 'c')
    .replace(/(.)\1/gu, '$1');

const leastShared = 4;

/** Words of one bucket may be cognates; others cannot. */
export const cognateBucket = (form: string): string => sounds(form).slice(0, leastShared);

/** At least four fifths of the stem that the shorter word has before a usual ending. */
export const isCognate = (spanish: string, english: string): boolean => {
  const [one, other] = [sounds(spanish), sounds(english)];
  if (one === other) return true;
  const shorter = Math.min(one.length, other.length);
  let shared = 0;
  while (shared < shorter && one[shared] === other[shared]) shared += 1;
  return shared >= leastShared && shared >= Math.ceil((shorter - 2) * 0.8);
};
