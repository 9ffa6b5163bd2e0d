/**
 * Cues of negation and of what is left open, after the idea of NegEx (Chapman et al. 2001): a cue works on the words after
 * it, before it, or on the next word only, up to the end of its clause. The cues are our own list, Spanish beside English.
 *
 * - `absent-after`: on what follows. `absent-around`, `open-after`: if no finding follows, on what stands before ("X is not seen").
 * - `maybe-after`: leaves open the first finding that follows, and only hints at the rest.
 * - `absent-before`, `open-before`: on what stands before in the clause.
 * - `absent-next`: a prefix, on the next word.
 * - `present-after`: ends another cue and states what follows.
 * - `stop`: ends a cue. `idle`: looks like a cue and is none.
 */
export type Cue =
  | 'absent-after'
  | 'absent-around'
  | 'absent-before'
  | 'absent-next'
  | 'open-after'
  | 'open-before'
  | 'maybe-after'
  | 'hint-after'
  | 'present-after'
  | 'stop'
  | 'idle';

export const polarityCues: readonly (readonly [cue: Cue, es: string, en: string])[] = [
  [
    'idle',
    'no valorable*, no se puede valorar, no se pueden valorar, no es valorable, no evaluable*, no valorad*, no permite valorar, no permiten valorar, no significativ*, no se ha resuelto, no se han resuelto, no ha desaparecido, no han desaparecido, no resuelt*, en resolucion, no visible previamente, no presente en, no visible en, no descrit*, no conocid*, no presente previamente, no visibles previamente, no solo, no obstante, no hay duda, sin duda, sin embargo, no hay dudas, cabe descartar no, no incluid*, sin contraste, aunque no solo',
    'cannot be assessed, cannot be evaluated, not assessable, cannot be adequately assessed, not evaluable, not significant, has not resolved, have not resolved, not resolved, not seen previously, not present in, not previously seen, not previously, not seen on the previous, not present on, not seen on the prior, no doubt, not only, nonetheless, nevertheless, without contrast, rules, no change in position',
  ],
  [
    'open-after',
    `no se descarta*, no se puede descartar, no se pueden descartar, no se puede excluir, no se pueden excluir, no puede descartarse, no pueden descartarse,
     no puede excluirse, no pueden excluirse, no permite descartar, no permiten descartar, no permite excluir, no permiten excluir, no pudiendose descartar, no pudiendose excluir,
     no pudiendo descartar*, sin poder descartar*, sin poderse descartar, sin poderse asegurar, sin poder asegurar, sin que pueda excluirse, sin que pueda descartarse, sin que se pueda descartar,
     sin que se pueda excluir, no excluye*, no descarta*, no es descartable, sin descartar, no cabe descartar, no es posible descartar, no es posible excluir, no podemos descartar, no puedo descartar, no se excluye*, imposible descartar, dificil descartar,
     descartar, a descartar, para descartar, poco probable, improbable, no se puede asegurar, no puede asegurarse, no se puede confirmar, no concluyente*, imposible asegurar`,
    `to exclude, cannot exclude, can not exclude, cannot rule out, does not exclude, do not exclude, does not rule out, do not rule out, not exclude, not rule out, without excluding, without ruling out, rule out, query, unlikely, improbable,
     not entirely exclude, unable to exclude, unable to rule out, failing to exclude, cannot confirm, inconclusive`,
  ],
  [
    'open-before',
    '?, no descartable*, no excluible*, sin que pueda excluirse por completo',
    `?, be excluded, be ruled out, be completely excluded, be entirely excluded, be discounted, be confidently excluded, cannot be excluded, cannot be ruled out, cannot be completely excluded, cannot be entirely excluded, cannot be fully excluded, cannot be definitively excluded, cannot be completely ruled out, can not be excluded, can not be ruled out, cannot therefore be excluded, cannot be discounted, cannot be dismissed, could not be excluded, could not be ruled out,
     not excluded, not ruled out, has not been excluded, has not been ruled out, is not excluded, are not excluded, not completely excluded, remains a possibility, is not certain, cannot be confirmed, cannot however be excluded, cannot be established, cannot be assured, cannot be guaranteed, be excluded however, cannot`,
  ],
  [
    'maybe-after',
    'podria*, pudiera*, puede corresponder, puede tratarse, puede estar, posible*, posiblemente, probable*, probablemente, dudos*, duda de, dudas de, sospecha*, quiza*, tal vez, cuestionable*',
    'may, might, could, possible, possibl*, probable, probably, likely, questionable, doubtful, suspect*, suspicion, perhaps, equivocal, maybe, uncertain',
  ],
  [
    'hint-after',
    'relacion con, relacionad* con, relacionable*, sugestiv*, sugier*, compatible*, en relacion con, impresiona, parece*, impresion de, a valorar, valorar, corresponder*, interrogan*, vs',
    'suggest*, consistent with, compatible with, in keeping with, related to, seem*, appear*, reflect*, represent*, versus, vs, impression of',
  ],
  [
    'absent-after',
    `sin, ni, ausencia de, ausencia, libre de, libres de, negativ* para, descarta, descartan, se descarta, se descartan, descartada, descartado, se excluye, se excluyen, excluye, excluyen, niega, niegan, nunca, ningun, ninguna, carece*, exento*, exenta*, resolucion completa, desaparicion, nada de, falta de, resolucion de, excluid*, carente*`,
    `no, nothing, without, absence of, absence, lack of, lacks, lacking, free of, free from, clear of, negative for, denies, denied, neither, nor, never, none, excludes, exclude, resolution of, disappearance of, devoid of, fails to, failed to, rules out, complete resolution`,
  ],
  ['absent-around', 'no, tampoco, ya no', `not, no longer, isn't, aren't, doesn't, don't, hasn't`],
  [
    'absent-before',
    'ausente*, ha desaparecido, han desaparecido, desaparecid*, se ha resuelto, se han resuelto, resuelt*, descartad*, negativ*, no visible, no visibles, no demostrable*, no visualizad*, no identificad*',
    `absent, can be excluded, can be ruled out, cannot be seen, cannot be identified, cannot be visuali*, no longer seen, no longer visible, no longer present, no longer identified, no longer evident, not seen, not visible, not present, not identified, not evident, not demonstrated, not observed, not found, not detected, has been ruled out, have been ruled out, is ruled out, are ruled out, was ruled out, ruled out, has been excluded, have been excluded, is excluded, are excluded, was excluded, completely excluded, is completely excluded, excluded,
     has disappeared, have disappeared, disappeared, has resolved, have resolved, has cleared, have cleared, resolved, is negative`,
  ],
  ['absent-next', '', 'non'],
  [
    'present-after',
    'con, hay, se observa, se observan, se aprecia, se aprecian, se visualiza, se visualizan, se identifica, se identifican, existe, existen, persiste*, si, presenta*, muestra*, positiv* para, se demuestra*, y se, sino, aparece*',
    'with, there is, there are, there was, persist*, positive for, shows, showing, demonstrates, demonstrating, there remains, but there is',
  ],
  [
    'stop',
    'pero, aunque, salvo, excepto, a excepcion de, mientras, si bien, por lo que, lo que, asi como, por, para, respecto, desde, tras, debido, resto, condicionando, con respecto',
    'but, however, although, though, except*, apart from, while, whereas, which, otherwise, since, following, after, due, compared, other than, rest of, remainder',
  ],
];

/**
 * Words that say a structure is well, or changed, without denying a finding. `well` answers to a denied finding of the other
 * language and `ill` to a stated one; `unseen` says a structure is not seen; `soft` answers to either and is no difference alone ("unchanged", "undisplaced").
 */
export type Tone = 'well' | 'ill' | 'soft' | 'unseen';

export const tones: readonly (readonly [tone: Tone, es: string, en: string])[] = [
  [
    'well',
    `normal, normales, normalidad, anodin*, conservad*, integr*, libre, libres, permeable*, sin alteracion*, sin hallazgos, sin lesiones, sin patologia, dentro de la normalidad, limites normales, bien ventilad*, alitiasic*, limpi*, respetad*, respeta*, sano*, sana*, indemne*`,
    `normal, unremarkable, intact, clear, free, preserved, patent, normally, within normal limits, well aerated, no abnormalit*, without abnormalit*, without findings, healthy, sharp, spared, sparing, maintained`,
  ],
  ['ill', 'anormal*, patologic*, alterad*, alteracion*, anomal*', 'abnormal*, patholog*, altered, abnormality'],
  [
    'unseen',
    'borramiento*, borra, borrad*, velad*, obliterad*, mal delimitad*, invisible*, oculto*, oculta*, no incluid*, artefactad*, no valor*, no evaluable*, mala calidad, mal delimitad*',
    'cannot be assessed, cannot be evaluated, not assessable, limit*, non diagnostic, nondiagnostic, silhouett*, prevent*, obscur*, hidden, invisible, cut off, silhouetted, not included',
  ],
  [
    'soft',
    `espirac*, central, histerectom*, nefrectom*, esplenectom*, colecistectom*, mastectom*, lobectom*, prostatectom*, amputa*, operad*, estable*, sin cambios, igual*, inespecific*, inestable*, asintomatic*, inactiv*, mal, unic*, acces*, edentul*, incompet*, inmuno*, centrad*, inadecuad*, insuficien*, incomplet*, irregular*, nuev*, persiste*, persisten*, limitad*, previament*, desaparec*, resuel*, resolu*, retirad*, excluy*, ausen*, agenesia, aplasia, neumonectom*, inmovil*, asimetri*, poco, escas*, menos, descomp*, indetermin*, benign*, solo, unicamente, simple, basal, adecuad*, correct*, bien, buen*, situs`,
    `expirat*, central, hysterectom*, nephrectom*, splenectom*, cholecystectom*, mastectom*, pneumonectom*, lobectom*, prostatectom*, amputat*, status post, insignificant, immature, impossible, invisible, immobile, disus*, unchanged, stable, same, nonspecific, non specific, unstable, asymptomatic, inactive, ill, poorly, poor, inadequate, insufficient, incomplete, irregular, new, newly, persist*, cut off, resolved, cleared, resolution, disappeared, removed, removal, agenesis, undisplaced, nondisplaced, non displaced, compensated, immun*, edentul*, unnecessary, unenhanced, unable, only, unlike*, absent, benign, limited, non, midline, low, few, little, less, uncertain, indeterminate, malposition*, misplaced, incorrect, correct, well, adequate, ends, above, plain, residual, old, free flowing, solitary, simple, unilateral, minimal, continu*, lost, loss, off, fail*, inability, missing, lack*, uncomplicated, good, satisfactory`,
  ],
];
