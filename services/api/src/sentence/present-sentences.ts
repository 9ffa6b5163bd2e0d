import type { SentenceId } from '@consilium/domain';
import type { OutdatedReadView } from '@consilium/read-model';
import type { SeenCase } from '../case/case-sight.ts';
import { externalReaders } from '../case/present-source.ts';
import { sealedIn } from '../case/present-case.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import { openBilingual, opened, type SealedTexts } from '../platform/sealed-texts.ts';
import { hidesTime, presentRead } from '../read/present-annotations.ts';
import type {
  BilingualText,
  CaseSentence,
  FormerSentence,
  OutdatedAnnotation,
  SentenceVersion,
} from '../schema/generated/schema-types.ts';
import {
  type SentenceChangeAt,
  sentenceHistory,
  type SentenceHistory,
  type SentenceVersionAt,
} from './sentence-history.ts';

/** By the journal where the case was taken from there, else by the views, up to the point that is asked about. */
async function historyOf(scope: RequestScope, { view, point, changes }: SeenCase): Promise<SentenceHistory> {
  const known: readonly SentenceChangeAt[] = changes ?? (await scope.sentenceChanges.get(view.caseId)) ?? [];
  const then = point === undefined ? known : known.filter(({ fromSeq = 0 }) => fromSeq <= point.sequence);
  return sentenceHistory(view, then);
}

export async function presentSentences(scope: RequestScope, seen: SeenCase): Promise<readonly CaseSentence[]> {
  const history = await historyOf(scope, seen);
  return Promise.all(
    history.present.map(async ({ sentenceId, version, origin, sameMeaningSince }) => {
      const versions = await presentVersions(scope, seen, history, sentenceId);
      const text = versions.at(-1)?.text ?? nothing;
      const machine = await presentMachine(scope.texts, seen, sentenceId);
      return { id: sentenceId, version, origin, machine, sameMeaningSince: sameMeaningSince ?? 1, text, versions };
    }),
  );
}

/** As the sentence came in: what people changed in its words since makes it no other program's. */
async function presentMachine(
  texts: SealedTexts,
  seen: SeenCase,
  sentenceId: SentenceId,
): Promise<CaseSentence['machine']> {
  const index = seen.view.sentences.findIndex((sentence) => sentence.sentenceId === sentenceId);
  const machine = seen.view.sentences[index]?.machine;
  if (machine === undefined) return null;
  const open = await texts.openerOf(sealedIn(seen), machine);
  return {
    model: opened(open, machine.model, `sentences.${index}.machine.model`),
    version: opened(open, machine.version, `sentences.${index}.machine.version`),
  };
}

const nothing: BilingualText = { es: null, en: null, erased: false };

export async function presentFormerSentences(scope: RequestScope, seen: SeenCase): Promise<readonly FormerSentence[]> {
  const history = await historyOf(scope, seen);
  return Promise.all(
    history.former.map(async ({ sentenceId, linksTo }) => ({
      id: sentenceId,
      linksTo,
      versions: await presentVersions(scope, seen, history, sentenceId),
    })),
  );
}

const presentVersions = async (
  scope: RequestScope,
  seen: SeenCase,
  history: SentenceHistory,
  sentenceId: SentenceId,
): Promise<readonly SentenceVersion[]> =>
  Promise.all(history.versionsOf(sentenceId).map(async (version) => presentVersion(scope, seen, version)));

/** Who changed a sentence, and what they remarked on it, is between those who work on the case's text. */
async function presentVersion(
  scope: RequestScope,
  { view, sight }: SeenCase,
  { version, text, eventId, type, field, since, change }: SentenceVersionAt,
): Promise<SentenceVersion> {
  const note = change?.event.note;
  const open = await scope.texts.openerOf({ subjectId: view.subjectId, eventId, type }, [text, note]);
  return {
    version,
    cause: causeOf(change),
    text: openBilingual(open, text, field),
    at: since,
    actorId: sight.isAnnotator ? null : (change?.actorId ?? null),
    actorRole: change?.actorRole ?? null,
    reason: change?.reason ?? null,
    note: note === undefined || sight.isAnnotator ? null : open(note, 'note'),
  };
}

function causeOf(change: SentenceVersionAt['change']): SentenceVersion['cause'] {
  switch (change?.event.type) {
    case undefined:
      return 'imported';
    case 'sentenceCorrected':
      return change.event.change;
    case 'sentenceSplit':
      return 'split';
    case 'sentencesMerged':
      return 'merged';
  }
}

/** Of the past only what was outdated by then; whoever is blinded sees their own alone. */
export async function presentOutdated(scope: RequestScope, seen: SeenCase): Promise<readonly OutdatedAnnotation[]> {
  const { view, sight, point } = seen;
  scope.accessLog.note('annotation.read', [view.caseId]);
  const found = (await scope.outdatedReads.get(view.caseId)) ?? [];
  const shown = found.filter(
    ({ read, fromSeq }: OutdatedReadView) =>
      (!sight.isBlinded || read.annotatorId === sight.annotatorId) &&
      (point === undefined || fromSeq <= point.sequence),
  );
  const mayBeExternal = shown.some(({ read }) => read.submission?.sealedIn !== 'annotationSubmitted');
  const readers = mayBeExternal ? await externalReaders(scope, seen) : new Map<string, string | null>();
  return Promise.all(
    shown.map(async ({ read, outdatedAt }) => ({
      annotation: {
        ...(await presentRead(scope.texts, view.subjectId, read, sight.hidesReaders, hidesTime(sight))),
        externalReader: readers.get(read.readId) ?? null,
      },
      outdatedAt,
    })),
  );
}
