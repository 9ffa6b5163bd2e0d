/**
 * Words of side. `either` words may answer to a side or to none: a structure of which there is one ("lobulo medio" is
 * right), or a plural of a paired organ ("lungs" for "ambos pulmones").
 */
export type SideMeaning =
  | 'right'
  | 'left'
  | 'both'
  | 'one-sided'
  | 'same-side'
  | 'other-side'
  | 'implied-right'
  | 'implied-left'
  | 'implied-both'
  | 'none';

export const sideWords: readonly (readonly [meaning: SideMeaning, es: string, en: string])[] = [
  [
    'right',
    'derech*, dch*, der, drcho, drcha, drch*, msd, mid, acmd, dextro*',
    'right, rt, right sided, dextro*, rue, rle',
  ],
  ['left', 'izquierd*, izd*, izq*, msi, mii, acmi, levo*', 'left, lt, left sided, levo*, lue, lle'],
  // Lobes, heart chambers and arteries by their usual abbreviations.
  ['right', 'lsd, lid, vd, fid, hcd, htd', 'rul, rll, rml, ruq, rlq, rv, rif, ruz, rmz, rlz'],
  ['left', 'lsi, lii, fii, hci, hti', 'lul, lll, luq, llq, lv, lif, luz, lmz, llz'],
  [
    'both',
    'ambos, ambas, bilateral*, bibasal*, biapical*, bihiliar*, bipulmonar*, bihemisferic*, dos lados, los dos pulmones, ninguno de los, ninguna de las, biaxilar*, cada lado, cada pulmon, cada rinon, los dos lados, los dos hemitorax, los dos hemidiafragmas, las dos bases, los dos vertices, los dos rinones, las dos mamas, los dos hilios, las dos rodillas, las dos caderas, los dos hombros, uno y otro',
    'both, bilateral*, bibasal*, bibasilar, biapical*, bihilar, either side, either lung, either kidney, either hilum, either base, either apex, either hemithorax, on either, in either, two sides, biaxillary, each side, each lung, each kidney, the two lungs',
  ],
  [
    'implied-both',
    'ambos estudios, ambas proyecciones, ambas placas, ambos casos, ambas lesiones, ambos nodulos, ambas radiografias, ambos drenajes, ambos cateteres, ambos tubos, ambas tecnicas, los dos, las dos, pulmones, hilios, rinones, vertices, bases, diafragmas, hemidiafragmas, hemitorax, hombros, caderas, rodillas, mamas, campos, senos, lobulos, bullas, parahiliares, perihiliares, suprarrenales, ureteres, carotidas, ovarios, claviculas, axilas, parotidas, sacroiliacas, coxofemorales, biauricular*, biventricular*, manos, pies, codos, munecas, tobillos, auriculas, derrames, apicales, basales, testiculos, orbitas',
    'both studies, both views, both films, both lesions, both nodules, both tubes, both lines, both catheters, both drains, the two, the pair, lungs, hila, kidneys, apices, bases, diaphragms, hemidiaphragms, hemithoraces, shoulders, hips, knees, breasts, lung fields, bibas*, angles, lobes, effusions, apical, sulci, adrenals, ureters, carotids, carotid arteries, ovaries, clavicles, axillae, parotids, sacroiliac joints, biatrial, biventricular, hands, feet, elbows, wrists, ankles, atria, testes, testicles, orbits, femoral heads, basal, bibasal*, parenchyma',
  ],
  ['one-sided', 'unilateral*, un solo lado, un lado', 'unilateral*, one side, one sided, only one side'],
  ['same-side', 'ipsilateral*, homolateral*, mismo lado', 'ipsilateral*, homolateral*, same side'],
  [
    'other-side',
    'contralateral*, lado opuesto, lado contrario, otro lado, otro pulmon, otro hemitorax, otro rinon, opuesto',
    'contralateral*, opposite side, other side, contralaterally, other lung, other kidney, opposite lung, opposite hemithorax',
  ],
  [
    'implied-right',
    'lobulo medio, lm, lmd, ad, hepatic*, lobulo de la acigos, bronquio intermediario, apendic*, vesicula, colon ascendente, ciego, angulo hepatico',
    'middle lobe, ra, rca, azygos lobe, bronchus intermedius, azygos fissure, ascending colon, caecum, cecum, hepatic flexure',
  ],
  [
    'implied-left',
    'lingula*, vi, ai, bazo, esplenic*, descendente anterior, colon descendente, sigm*',
    'descending colon, sigmoid, splenic flexure, spleen, lingula*, la, lad',
  ],
  // "Right" that is correct, "left" that went, "derecho" that is upright.
  [
    'none',
    'recto*, en bipedestacion',
    'right place, right position, right away, right angle, all right, left lying, left blank, left intact, left alone, left untreated, left off, left hospital, left the, left in place, left in situ, has left, was left, were left, right in, left over, left without, left after, left against, left out, left behind, left for, left before, left to, patient left, left open, left on the table, in right position, right level, right depth, right now, right after, right through, is right, looks right, right size, right patient, right up to, the right spot, right beside, right above, right below, right on the carina, right next, he left, she left, nothing left',
  ],
];
