/**
 * A concept with its phrases in both languages, side by side: small letters without accents, stems with a star. An id
 * that begins with `!` names the absence of the concept ("alitiasica" is no stone); ids joined by `+` are several concepts
 * in one phrase ("LSD" is upper and lobe). All lexicons are our own, from the usual words of reports; they are no
 * terminology and carry no codes.
 */
export type Entry = readonly [ids: string, es: string, en: string];

/** An anatomical concept: as above, with wider concepts (blanks between) in which two words may mean one place. */
export type AnatomyEntry = readonly [ids: string, es: string, en: string, wider?: string];
