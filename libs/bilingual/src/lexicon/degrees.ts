/**
 * Words of degree. Three degrees, small, moderate and great: finer ones are not told apart by the words of either language. Words of one degree
 * are equal. A word that is a degree only sometimes ("clear worsening", "low volumes") answers to one of the
 * other language but is no difference alone.
 */
export type Degree = 'small' | 'moderate' | 'great';
export type DegreeMeaning = Degree | `perhaps-${Degree}` | 'none';

export const degreeWords: readonly (readonly [meaning: DegreeMeaning, es: string, en: string])[] = [
  [
    'small',
    'minim*, discret*, liger*, leve*, levemente, incipiente*, pequen*, escas*, sutil*, tenue*, poca cuantia, poca cantidad, algo, diminut*, poco importante*, pequena cuantia, escasa cuantia, pequeno tamano, minima cuantia, poco extens*, poco marcad*, muy poc*',
    'minim*, trace*, slight*, mild*, small, tiny, subtle*, faint*, scant*, scanty, small volume, small amount, small sized, early, incipient, minor, minimally, a little, minute, tenuous, somewhat, sliver*, a touch',
  ],
  ['moderate', 'moderad*, mediana cuantia, mediano tamano, tamano medio', 'moderat*, medium sized, mid sized'],
  [
    'great',
    'marcado, marcada, marcados, marcadas, marcadamente, importante*, sever*, grave, graves, gravemente, extenso*, extensa*, masiv*, franco, franca, francos, francas, francamente, gran, grande*, gran tamano, gran cuantia, acentuad*, acusad*, avanzad*, abundante*, intenso*, intensa*, critic*, voluminos*, cuantios*, notable*, pronunciad*, considerable*, florid*, evolucionad*, gigante*, enorme*, muy aumentad*, profus*, muy marcad*',
    'marked, markedly, pronounced*, sever*, large, larger sized, sizeable, sizable, massiv*, extensiv*, heavy, heavily, gross, grossly, florid*, advanced, abundant*, intense, intensely, critical*, considerabl*, frank*, copious, voluminous, notabl*, striking*, profound*, huge, giant, bulky, dense, densely, great, profuse*, substantial*, prominent degree',
  ],
  [
    'perhaps-small',
    'lamina de, traza*, algun, alguna, algunos, algunas, minuscul*, bajo grado, punteado, puntiform*, temprana, derramito, quistecito, poco, poca, pocas, pocos, nodulillo*, limitad*, milimetri*, precoz, focal',
    'discreet, discrete, punctate, low grade, borderline, a bit, layer of, low, poor*, few, fine, limited, thin, millimet*, little, shallow, just, occasional, sparse',
  ],
  [
    'perhaps-great',
    'aumentad* de tamano, agrandad*, groser*, bastante*, grueso*, gruesa*, fuerte*, amplio*, amplia*, serio*, clar*, significativ*, evidente*, mucho*, mucha*, muy, dens*, total*, complet*, numeros*, multiples, relevante*, llamativ*, difus*',
    'important*, serious*, quite, prominent*, enlarged, heav*, wide, considerably, clear*, significant*, evident*, very, much, numerous, multiple, complete*, total*, diffus*, coarse, thick, strong*, greatly, conspicuous, large volume',
  ],
  [
    'none',
    'intestino delgado, cisura menor, cisura mayor, partes grandes, mayor de, grandes vasos, gran fumador, fumador importante, importante fumador, sin cambios significativos, pequeno calibre, via aerea pequena, arco menor, curvatura menor, curvatura mayor, trocanter menor, trocanter mayor, minima de, bajo, baja, grandes articulaciones, pequenas articulaciones, triangulo, pequena via aerea, pequenas vias, pequeno vaso, pequenos vasos, celula pequena, celulas pequenas, celulas grandes, gran parte, en gran medida, gran mayoria, gran vaso, cuidados intensivos, edad avanzada, minimamente invasiv*',
    'small bowel, small intestine, large bowel, large intestine, minor fissure, major fissure, heavy smoker, great vessels, large vessels, lower, small airways, small vessel, large vessel, small cell, lesser, greater, larger, largest, smaller, smallest, early morning, grossly normal, grossly unremarkable, grossly clear, dense breast*, heavy smoking, great toe, large part, large majority, great majority, great extent, large cell, intensive care, advanced age, minimally invasive, tracing, large airway*',
  ],
];
