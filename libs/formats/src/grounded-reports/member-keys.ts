/*
 * Keys of the published file, in its order, and ours, which are named by a prefix of their own so that no later key of the
 * format can mean something else.
 */

export const studyKeys: ReadonlySet<string> = new Set([
  'StudyID',
  'ImageID',
  'PreviousStudyID',
  'PreviousImageID',
  'findings',
  'consilium:source',
  'consilium:study',
]);

export const findingKeys: ReadonlySet<string> = new Set([
  'sentence_en',
  'sentence_es',
  'abnormal',
  'boxes',
  'extra_boxes',
  'labels',
  'locations',
  'progression',
  'consilium:reads',
]);

/** Of an item of `consilium:reads`. */
export const readKeys: ReadonlySet<string> = new Set(['reader', 'boxes']);
