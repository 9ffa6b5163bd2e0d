import type { PlaceName, Side } from './places.ts';

/** A sentence that says that something is present. Written for Consilium; no sentence comes from any data set. */
export interface PositiveSentence {
  readonly es: string;
  readonly en: string;
  readonly label: string;
  /** Null for what is seen everywhere and nowhere, and gets no box. */
  readonly place: PlaceName | null;
  /** Those it may be said of; empty where a side makes no sense. */
  readonly sides: readonly Side[];
  /** The millimetres that it may speak of, both included: the finding's extent, if it changes; else a distance. */
  readonly millimetres: readonly [from: number, to: number] | null;
  /** Whether it may get better or worse. A pacemaker is there or not. */
  readonly changes: boolean;
}

type Wording = readonly [es: string, en: string, label: string, millimetres?: readonly [from: number, to: number]];
type PlacedWording = Omit<PositiveSentence, 'changes'>;

const noSide: readonly Side[] = [];
const oneSide: readonly Side[] = ['right', 'left'];
const bothSides: readonly Side[] = ['bilateral'];
const anySide: readonly Side[] = [...oneSide, ...bothSides];

function at(place: PlaceName | null, sides: readonly Side[], wordings: readonly Wording[]): readonly PlacedWording[] {
  return wordings.map(([es, en, label, millimetres = null]) => ({ es, en, label, place, sides, millimetres }));
}

const changing: readonly PlacedWording[] = [
  ...at('costophrenicAngle', anySide, [
    ['Derrame pleural {lado:m} {grado:m}.', '{grade} {side} pleural effusion.', 'pleural effusion'],
  ]),
  ...at('costophrenicAngle', oneSide, [
    [
      'Pinzamiento del seno costofrénico {lado:m}.',
      'Blunting of the {side} costophrenic angle.',
      'costophrenic angle blunting',
    ],
  ]),
  ...at('pleura', oneSide, [
    ['Derrame pleural loculado {lado:m}.', 'Loculated {side} pleural effusion.', 'loculated pleural effusion'],
  ]),
  ...at('apex', anySide, [
    [
      'Engrosamiento pleural apical {lado:m} {grado:m}.',
      '{grade} {side} apical pleural thickening.',
      'apical pleural thickening',
    ],
  ]),
  ...at('pleura', anySide, [
    ['Placas pleurales calcificadas {lado:fp}.', '{side} calcified pleural plaques.', 'pleural plaques'],
  ]),
  ...at('apex', oneSide, [
    ['Neumotórax {lado:m} {grado:m}.', '{grade} {side} pneumothorax.', 'pneumothorax'],
    [
      'Granuloma calcificado de {mm} mm en el vértice pulmonar {lado:m}.',
      'Calcified granuloma of {mm} mm at the {side} lung apex.',
      'calcified granuloma',
      [4, 12],
    ],
    ['Bulla en el vértice pulmonar {lado:m}.', 'Bulla at the {side} lung apex.', 'bullas'],
  ]),
  ...at('minorFissure', noSide, [
    ['Engrosamiento de la cisura menor.', 'Thickening of the minor fissure.', 'minor fissure thickening'],
  ]),
  ...at('base', oneSide, [
    ['Atelectasia laminar en la base {lado:f}.', 'Laminar atelectasis at the {side} base.', 'laminar atelectasis'],
  ]),
  ...at('middleLobe', noSide, [
    ['Atelectasia del lóbulo medio.', 'Atelectasis of the middle lobe.', 'lobar atelectasis'],
  ]),
  ...at('lowerLobe', oneSide, [
    ['Consolidación en el lóbulo inferior {lado:m}.', 'Consolidation in the {side} lower lobe.', 'consolidation'],
    [
      'Nódulo pulmonar de {mm} mm en el lóbulo inferior {lado:m}.',
      '{mm} mm pulmonary nodule in the {side} lower lobe.',
      'nodule',
      [6, 29],
    ],
    ['Bronquiectasias en el lóbulo inferior {lado:m}.', 'Bronchiectasis in the {side} lower lobe.', 'bronchiectasis'],
    ['Pérdida de volumen del lóbulo inferior {lado:m}.', 'Volume loss of the {side} lower lobe.', 'volume loss'],
  ]),
  ...at('upperLobe', oneSide, [
    ['Consolidación en el lóbulo superior {lado:m}.', 'Consolidation in the {side} upper lobe.', 'consolidation'],
    [
      'Opacidad en vidrio deslustrado en el lóbulo superior {lado:m}.',
      'Ground-glass opacity in the {side} upper lobe.',
      'ground glass pattern',
    ],
    [
      'Nódulo pulmonar de {mm} mm en el lóbulo superior {lado:m}.',
      '{mm} mm pulmonary nodule in the {side} upper lobe.',
      'nodule',
      [6, 29],
    ],
    [
      'Cavidad de {mm} mm en el lóbulo superior {lado:m}.',
      '{mm} mm cavity in the {side} upper lobe.',
      'cavitation',
      [15, 45],
    ],
    ['Bronquiectasias en el lóbulo superior {lado:m}.', 'Bronchiectasis in the {side} upper lobe.', 'bronchiectasis'],
    ['Tractos fibrosos en el lóbulo superior {lado:m}.', 'Fibrotic bands in the {side} upper lobe.', 'fibrotic band'],
  ]),
  ...at('middleField', oneSide, [
    [
      'Infiltrado alveolar en el campo pulmonar medio {lado:m}.',
      'Alveolar infiltrate in the {side} middle lung field.',
      'alveolar pattern',
    ],
  ]),
  ...at('base', bothSides, [
    [
      'Patrón intersticial {lado:m} de predominio basal.',
      '{side} interstitial pattern, predominantly basal.',
      'interstitial pattern',
    ],
  ]),
  ...at('perihilar', anySide, [
    ['Infiltrado perihiliar {lado:m} {grado:m}.', '{grade} {side} perihilar infiltrate.', 'infiltrates'],
  ]),
  ...at('hilum', oneSide, [
    ['Masa hiliar {lado:f} de {mm} mm.', '{mm} mm {side} hilar mass.', 'mass', [31, 60]],
    ['Aumento de tamaño del hilio {lado:m}.', 'Enlargement of the {side} hilum.', 'hilar enlargement'],
    ['Adenopatía hiliar {lado:f} de {mm} mm.', '{mm} mm {side} hilar adenopathy.', 'adenopathy', [11, 30]],
  ]),
  ...at(null, noSide, [
    ['Hiperinsuflación pulmonar {grado:f}.', '{grade} pulmonary hyperinflation.', 'hyperinflated lung'],
    ['Cambios pulmonares crónicos.', 'Chronic lung changes.', 'chronic changes'],
    ['Redistribución vascular {grado:f}.', '{grade} vascular redistribution.', 'vascular redistribution'],
    ['Osteopenia {grado:f}.', '{grade} osteopenia.', 'osteopenia'],
  ]),
  ...at('hilum', anySide, [
    ['Congestión hiliar {lado:f} {grado:f}.', '{grade} {side} hilar congestion.', 'hilar congestion'],
  ]),
  ...at('heart', noSide, [
    ['Cardiomegalia {grado:f}.', '{grade} cardiomegaly.', 'cardiomegaly'],
    ['Silueta cardiaca aumentada de tamaño.', 'Enlarged cardiac silhouette.', 'cardiomegaly'],
  ]),
  ...at('aorta', noSide, [['Elongación aórtica {grado:f}.', '{grade} aortic elongation.', 'aortic elongation']]),
  ...at('aorticArch', noSide, [
    [
      'Ateromatosis calcificada del cayado aórtico.',
      'Calcified atheromatosis of the aortic arch.',
      'aortic atheromatosis',
    ],
    ['Botón aórtico prominente.', 'Prominent aortic knob.', 'aortic button enlargement'],
  ]),
  ...at('mediastinum', noSide, [
    ['Ensanchamiento mediastínico {grado:m}.', '{grade} mediastinal widening.', 'mediastinal enlargement'],
  ]),
  ...at('hiatus', noSide, [['Hernia de hiato de {mm} mm.', '{mm} mm hiatal hernia.', 'hiatal hernia', [30, 70]]]),
  ...at('trachea', oneSide, [
    [
      'Desviación de la tráquea hacia el lado {lado:m}.',
      'Deviation of the trachea towards the {side} side.',
      'tracheal shift',
    ],
  ]),
  ...at('hemidiaphragm', oneSide, [
    ['Elevación del hemidiafragma {lado:m}.', 'Elevation of the {side} hemidiaphragm.', 'hemidiaphragm elevation'],
    [
      'Eventración del hemidiafragma {lado:m}.',
      'Eventration of the {side} hemidiaphragm.',
      'diaphragmatic eventration',
    ],
  ]),
  ...at('clavicle', oneSide, [
    ['Fractura de la clavícula {lado:f}.', 'Fracture of the {side} clavicle.', 'clavicle fracture'],
  ]),
  ...at('spine', noSide, [
    ['Espondilosis dorsal {grado:f}.', '{grade} spondylosis of the thoracic spine.', 'vertebral degenerative changes'],
  ]),
  ...at('chestWall', anySide, [
    ['Enfisema subcutáneo {lado:m} {grado:m}.', '{grade} {side} subcutaneous emphysema.', 'subcutaneous emphysema'],
  ]),
];

const lasting: readonly PlacedWording[] = [
  ...at('rib', oneSide, [
    ['Fractura consolidada en un arco costal {lado:m}.', 'Healed fracture of a {side} rib.', 'callus rib fracture'],
  ]),
  ...at('spine', noSide, [
    ['Escoliosis dorsal {grado:f}.', '{grade} scoliosis of the thoracic spine.', 'scoliosis'],
    ['Cifosis dorsal {grado:f}.', '{grade} kyphosis of the thoracic spine.', 'kyphosis'],
    ['Aplastamiento de una vértebra dorsal.', 'Compression of a thoracic vertebra.', 'vertebral compression'],
  ]),
  ...at('breast', anySide, [['Mastectomía {lado:f}.', '{side} mastectomy.', 'mastectomy']]),
  ...at('axilla', oneSide, [
    ['Clips quirúrgicos en la axila {lado:f}.', 'Surgical clips in the {side} axilla.', 'surgical clips'],
  ]),
  ...at('shoulder', oneSide, [
    ['Prótesis en el hombro {lado:m}.', 'Prosthesis in the {side} shoulder.', 'humeral prosthesis'],
  ]),
  ...at('nasogastric', noSide, [
    ['Sonda nasogástrica con extremo en el estómago.', 'Nasogastric tube with its tip in the stomach.', 'NSG tube'],
  ]),
  ...at('trachea', noSide, [
    [
      'Tubo endotraqueal a {mm} mm de la carina.',
      'Endotracheal tube {mm} mm from the carina.',
      'endotracheal tube',
      [15, 60],
    ],
  ]),
  ...at('superiorVenaCava', oneSide, [
    [
      'Catéter venoso central {lado:m} con extremo en la vena cava superior.',
      '{side} central venous catheter with its tip in the superior vena cava.',
      'central venous catheter',
    ],
  ]),
  ...at('pectoral', oneSide, [
    ['Marcapasos en la región pectoral {lado:f}.', 'Pacemaker in the {side} pectoral region.', 'pacemaker'],
    ['Reservorio subcutáneo {lado:m}.', '{side} subcutaneous port.', 'reservoir central venous catheter'],
  ]),
  ...at('sternum', noSide, [
    ['Suturas metálicas de esternotomía media.', 'Metal sutures of a median sternotomy.', 'sternotomy'],
  ]),
  ...at('cardiacValves', noSide, [
    ['Prótesis valvular cardiaca.', 'Cardiac valve prosthesis.', 'artificial heart valve'],
  ]),
  ...at('pleura', oneSide, [['Drenaje pleural {lado:m}.', '{side} pleural drain.', 'chest drain tube']]),
];

export const positiveSentences: readonly PositiveSentence[] = [
  ...changing.map((wording) => ({ ...wording, changes: true })),
  ...lasting.map((wording) => ({ ...wording, changes: false })),
];
