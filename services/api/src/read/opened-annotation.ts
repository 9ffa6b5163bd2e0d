import { mapProtectedTexts } from '@consilium/contracts';
import { plainText } from '@consilium/domain';
import type { Annotation } from '@consilium/domain';
import type { RecordedEvent } from '@consilium/event-store';
import type { Viewer } from '../access/viewer.ts';
import { SealedTexts } from '../platform/sealed-texts.ts';
import type { ReadContext, ReadPorts } from './run-read-command.ts';

/** A text opens only in the event it was sealed in, so it is opened here to be sealed anew. Undefined where it was erased. */
export async function openedAnnotation(
  { subjectKeys }: ReadPorts,
  { organisation }: Viewer,
  { content: { subjectId } }: ReadContext,
  sealed: Annotation,
  { eventId, type }: Pick<RecordedEvent, 'eventId' | 'type'>,
): Promise<Annotation | undefined> {
  const texts = new SealedTexts(subjectKeys, organisation);
  const open = await texts.openerOf({ subjectId, eventId, type }, sealed);
  const erased: string[] = [];
  const annotation = mapProtectedTexts(
    sealed,
    (text, field) => {
      const opened = open(text, field);
      if (opened === null) erased.push(field);
      return plainText(opened ?? '');
    },
    'annotation',
  );
  return erased.length > 0 ? undefined : annotation;
}
