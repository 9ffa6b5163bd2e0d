import { mayDo } from '@consilium/domain';
import type { SealedTexts } from '../platform/sealed-texts.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { Case, ClinicalMetadata } from '../schema/generated/schema-types.ts';
import type { SeenCase } from './case-sight.ts';
import { sealedIn } from './present-case.ts';

/* What came with a case beside what is read of it. Keys of the source may be those of a patient's file: annotators are told none. */

export async function presentStudyKey(texts: SealedTexts, seen: SeenCase): Promise<string | null> {
  const studyKey = seen.view.source?.studyKey;
  if (seen.sight.isAnnotator || studyKey === undefined) return null;
  const open = await texts.openerOf(sealedIn(seen), studyKey);
  return open(studyKey, 'source.studyKey');
}

export async function presentPreviousStudy(texts: SealedTexts, seen: SeenCase): Promise<Case['previousStudy']> {
  const previous = seen.view.source?.previousStudy;
  if (seen.sight.isAnnotator || previous === undefined) return null;
  const open = await texts.openerOf(sealedIn(seen), previous);
  return {
    studyKey: open(previous.studyKey, 'source.previousStudy.studyKey'),
    imageKeys: previous.imageKeys.flatMap((key, index) => open(key, `source.previousStudy.imageKeys.${index}`) ?? []),
  };
}

export async function presentReceived(texts: SealedTexts, seen: SeenCase): Promise<string | null> {
  const received = seen.view.source?.received;
  if (seen.sight.isAnnotator || received === undefined) return null;
  const open = await texts.openerOf(sealedIn(seen), received);
  return open(received, 'source.received');
}

export function presentClinical({ view: { clinical } }: SeenCase): ClinicalMetadata | null {
  if (clinical === undefined) return null;
  const { ageYears, sex, modality, bodyPart, careSetting, heightCm, weightKg, daysSincePrevious } = clinical;
  return {
    ageYears: ageYears ?? null,
    sex: sex ?? null,
    modality: modality ?? null,
    bodyPart: bodyPart ?? null,
    careSetting: careSetting ?? null,
    heightCm: heightCm ?? null,
    weightKg: weightKg ?? null,
    daysSincePrevious: daysSincePrevious ?? null,
  };
}

/** Names by read. Who may export is told what stands in the source anyway. */
export async function externalReaders(
  scope: RequestScope,
  seen: SeenCase,
): Promise<ReadonlyMap<string, string | null>> {
  const { view, sight } = seen;
  if (sight.isBlinded || (sight.hidesReaders && !mayDo(scope.viewer.role, 'project.export'))) return new Map();
  const readers = (await scope.externalReaders.get(view.caseId)) ?? [];
  return new Map(
    await Promise.all(
      readers.map(async ({ readId, reader, eventId }) => {
        const place = { subjectId: view.subjectId, eventId, type: 'externalReadRecorded' };
        const open = await scope.texts.openerOf(place, reader);
        return [readId, open(reader, 'reader')] as const;
      }),
    ),
  );
}
