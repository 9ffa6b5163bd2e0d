/** Version 1 brought revisions back and nothing else, and did not say what their annotator had seen. */
export const annotationAmendedFrom1 = (
  payload: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => ({
  ...payload,
  independence: 'notRecorded',
});
