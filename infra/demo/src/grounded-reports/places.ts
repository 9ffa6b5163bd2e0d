import type { ImageBox } from './image-box.ts';

export const sides = ['right', 'left', 'bilateral'] as const;
/** The patient's. A frontal image shows the patient's right on its left. */
export type Side = (typeof sides)[number];

interface Place {
  /** The location in the words of the vocabulary. */
  readonly term: string;
  /** Where it usually lies on a frontal image; for paired places, the patient's right one. */
  readonly box: ImageBox;
}

const paired = {
  apex: { term: 'apical', box: [0.22, 0.08, 0.4, 0.2] },
  upperLobe: { term: 'upper lobe', box: [0.16, 0.14, 0.42, 0.38] },
  middleField: { term: 'middle lung field', box: [0.14, 0.38, 0.4, 0.6] },
  lowerLobe: { term: 'lower lobe', box: [0.14, 0.56, 0.42, 0.82] },
  base: { term: 'basal', box: [0.14, 0.68, 0.42, 0.84] },
  costophrenicAngle: { term: 'costophrenic angle', box: [0.1, 0.72, 0.28, 0.88] },
  hilum: { term: 'hilar', box: [0.32, 0.4, 0.46, 0.56] },
  perihilar: { term: 'perihilar', box: [0.26, 0.36, 0.46, 0.62] },
  pleura: { term: 'pleural', box: [0.08, 0.3, 0.18, 0.78] },
  hemidiaphragm: { term: 'hemidiaphragm', box: [0.12, 0.74, 0.44, 0.88] },
  rib: { term: 'rib', box: [0.1, 0.28, 0.34, 0.42] },
  clavicle: { term: 'clavicle', box: [0.16, 0.06, 0.44, 0.14] },
  shoulder: { term: 'humerus', box: [0.01, 0.06, 0.16, 0.26] },
  axilla: { term: 'axilar', box: [0.04, 0.22, 0.16, 0.4] },
  breast: { term: 'breast', box: [0.1, 0.5, 0.42, 0.84] },
  pectoral: { term: 'pectoral', box: [0.16, 0.16, 0.34, 0.32] },
  chestWall: { term: 'soft tissue', box: [0.02, 0.2, 0.14, 0.7] },
} as const;

const single = {
  heart: { term: 'cardiac', box: [0.36, 0.46, 0.72, 0.78] },
  cardiacValves: { term: 'heart valve', box: [0.46, 0.54, 0.6, 0.66] },
  aorta: { term: 'aortic', box: [0.42, 0.24, 0.64, 0.66] },
  aorticArch: { term: 'aortic button', box: [0.5, 0.26, 0.64, 0.4] },
  mediastinum: { term: 'mediastinum', box: [0.36, 0.1, 0.62, 0.5] },
  trachea: { term: 'tracheal', box: [0.44, 0.04, 0.54, 0.28] },
  hiatus: { term: 'hiatus', box: [0.44, 0.66, 0.66, 0.84] },
  spine: { term: 'dorsal vertebrae', box: [0.43, 0.1, 0.57, 0.92] },
  sternum: { term: 'sternal', box: [0.44, 0.16, 0.56, 0.68] },
  superiorVenaCava: { term: 'superior cave vein', box: [0.38, 0.08, 0.5, 0.44] },
  nasogastric: { term: 'gastric chamber', box: [0.44, 0.04, 0.64, 0.94] },
  middleLobe: { term: 'middle lobe', box: [0.18, 0.5, 0.42, 0.68] },
  minorFissure: { term: 'minor fissure', box: [0.16, 0.48, 0.4, 0.54] },
} as const;

export type PairedPlace = keyof typeof paired;
export type SinglePlace = keyof typeof single;
export type PlaceName = PairedPlace | SinglePlace;

const places: Readonly<Record<PlaceName, Place>> = { ...paired, ...single };
/** Single in name only: these lie in the patient's right lung. */
const termsOnTheRight: ReadonlySet<string> = new Set([single.middleLobe.term, single.minorFissure.term]);

export const placeNames: readonly PlaceName[] = Object.keys(places) as PlaceName[];

export const termOf = (place: PlaceName): string => places[place].term;

/** Where the place lies on the image; both of a pair for 'bilateral', the right one first. */
export function boxesOf(place: PlaceName, side: Side | null): readonly ImageBox[] {
  const [x1, y1, x2, y2] = places[place].box;
  const right: ImageBox = [x1, y1, x2, y2];
  const left: ImageBox = [1 - x2, y1, 1 - x1, y2];
  if (!(place in paired) || side === null || side === 'right') return [right];
  return side === 'left' ? [left] : [right, left];
}

/** In the words of the vocabulary: the place, and the side where there is one. */
export function locationsOf(place: PlaceName | null, side: Side | null): readonly string[] {
  const term = place === null ? [] : [termOf(place)];
  const onTheRight = place !== null && termsOnTheRight.has(termOf(place));
  return [...term, ...(side === null ? (onTheRight ? ['right'] : []) : [side])];
}
