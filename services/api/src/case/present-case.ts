import type { CaseImage } from '../schema/generated/schema-types.ts';
import { opened, type SealedIn, type SealedTexts } from '../platform/sealed-texts.ts';
import type { CaseStatus } from '../schema/generated/schema-types.ts';
import type { SeenCase } from './case-sight.ts';

/** While blinded a case is being read, whatever others have made of it; that it was withdrawn tells of nobody's read. */
export const shownStatus = ({ view, sight }: SeenCase): CaseStatus =>
  sight.isBlinded && view.status !== 'withdrawn' && view.status !== 'excluded' ? 'reading' : view.status;

export const unlessBlinded = <Value>({ sight }: SeenCase, value: Value | undefined): Value | null =>
  sight.isBlinded ? null : (value ?? null);

/** Where the texts of an import are sealed. */
export const sealedIn = ({ view }: SeenCase): SealedIn => ({
  subjectId: view.subjectId,
  eventId: view.importedEventId,
  type: 'caseImported',
});

export async function presentExternalKey(texts: SealedTexts, seen: SeenCase): Promise<string | null> {
  if (seen.sight.isAnnotator) return null;
  const open = await texts.openerOf(sealedIn(seen), seen.view.externalKey);
  return open(seen.view.externalKey, 'externalKey');
}

export async function presentImages(texts: SealedTexts, seen: SeenCase): Promise<readonly CaseImage[]> {
  const { images } = seen.view;
  const { isAnnotator } = seen.sight;
  const open = await texts.openerOf(sealedIn(seen), images);
  return images.map(
    ({ imageId, rows, columns, isSizeNominal, viewPosition, key, sopInstanceUid, description }, index) => ({
      id: imageId,
      rows,
      columns,
      isSizeNominal: isSizeNominal === true,
      viewPosition: viewPosition ?? null,
      key: isAnnotator ? null : opened(open, key, `images.${index}.key`),
      sopInstanceUid: opened(open, sopInstanceUid, `images.${index}.sopInstanceUid`),
      description: opened(open, description, `images.${index}.description`),
    }),
  );
}
