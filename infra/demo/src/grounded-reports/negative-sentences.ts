/** A sentence that says that nothing is there. Written for Consilium; no sentence comes from any data set. */
export interface NegativeSentence {
  readonly es: string;
  readonly en: string;
  /** The label that it denies. */
  readonly denies: string;
}

const deny = (es: string, en: string, denies: string): NegativeSentence => ({ es, en, denies });

export const negativeSentences: readonly NegativeSentence[] = [
  deny('Sin derrame pleural.', 'No pleural effusion.', 'pleural effusion'),
  deny('No se observa neumotórax.', 'No pneumothorax is seen.', 'pneumothorax'),
  deny('No se observan consolidaciones.', 'No consolidations are seen.', 'consolidation'),
  deny('Sin infiltrados pulmonares.', 'No pulmonary infiltrates.', 'infiltrates'),
  deny('No se aprecian nódulos pulmonares.', 'No pulmonary nodules are seen.', 'nodule'),
  deny('Sin masas mediastínicas.', 'No mediastinal masses.', 'mass'),
  deny('No hay atelectasias.', 'No atelectasis.', 'atelectasis'),
  deny('Sin adenopatías hiliares.', 'No hilar adenopathies.', 'adenopathy'),
  deny('No se observa cardiomegalia.', 'No cardiomegaly is seen.', 'cardiomegaly'),
  deny('Sin signos de insuficiencia cardiaca.', 'No signs of heart failure.', 'heart insufficiency'),
  deny('Sin fracturas costales.', 'No rib fractures.', 'rib fracture'),
  deny('No se aprecian lesiones óseas.', 'No bone lesions are seen.', 'bone lesion'),
  deny('Sin engrosamiento pleural.', 'No pleural thickening.', 'pleural thickening'),
  deny('No hay ensanchamiento mediastínico.', 'No mediastinal widening.', 'mediastinal enlargement'),
  deny('Sin signos de congestión vascular.', 'No signs of vascular congestion.', 'vascular congestion'),
  deny('No se observa enfisema subcutáneo.', 'No subcutaneous emphysema is seen.', 'subcutaneous emphysema'),
  deny('Sin cavidades pulmonares.', 'No pulmonary cavities.', 'cavitation'),
  deny('No hay patrón intersticial.', 'No interstitial pattern.', 'interstitial pattern'),
  deny('Sin bronquiectasias.', 'No bronchiectasis.', 'bronchiectasis'),
  deny(
    'No se aprecian calcificaciones pleurales.',
    'No pleural calcifications are seen.',
    'calcified pleural thickening',
  ),
  deny('Sin hernia de hiato.', 'No hiatal hernia.', 'hiatal hernia'),
  deny('Silueta cardiaca de tamaño normal.', 'Cardiac silhouette of normal size.', 'cardiomegaly'),
  deny('Índice cardiotorácico normal.', 'Normal cardiothoracic ratio.', 'cardiomegaly'),
  deny('Senos costofrénicos libres.', 'Clear costophrenic angles.', 'costophrenic angle blunting'),
  deny('Hilios de tamaño y morfología normales.', 'Hila of normal size and shape.', 'hilar enlargement'),
  deny('Mediastino centrado y de tamaño normal.', 'Centred mediastinum of normal size.', 'mediastinal shift'),
  deny('Campos pulmonares bien ventilados.', 'Well-aerated lung fields.', 'atelectasis'),
  deny('Parénquima pulmonar sin alteraciones.', 'Lung parenchyma without abnormalities.', 'pulmonary abnormality'),
  deny('Estructuras óseas sin alteraciones.', 'Bone structures without abnormalities.', 'bone lesion'),
  deny('Tráquea centrada.', 'Midline trachea.', 'tracheal shift'),
];
