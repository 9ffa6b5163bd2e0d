import { canonicalJson } from '@consilium/contracts';
import type { JsonValue } from '@consilium/contracts';
import { listCaseEvents, longestPage } from '@consilium/read-model';
import type { CaseEventView } from '@consilium/read-model';
import { pointText } from '../as-of/resolve-point.ts';
import { goldTypes, seesGold, typeAsRead } from '../change/gold-sight.ts';
import { showsToBlinded } from '../change/own-events.ts';
import { type CursorScope, makeCursor, readCursor } from '../platform/cursor.ts';
import type { KeyedHash } from '../platform/keyed-hash.ts';
import { pageSize } from '../platform/page-size.ts';
import type { RequestScope } from '../platform/request-scope.ts';
import type { HistoryConnection, HistoryEntry } from '../schema/generated/schema-types.ts';
import type { SeenCase } from './case-sight.ts';
import { notedReason, type NotedReason } from './noted-reason.ts';
import { isGiven } from '../schema/is-given.ts';

export interface HistoryRequest {
  readonly first: number | null;
  readonly after?: string | null;
}

interface Numbered {
  readonly event: CaseEventView;
  /** What its cursor says: the version, or for the blinded the how-manieth of what they see. */
  readonly place: number;
}

/** The events of a case in their order. A cursor given while blinded is no good afterwards, nor the other way round. */
export async function listHistory(
  signatures: KeyedHash,
  scope: RequestScope,
  seen: SeenCase,
  { first, after }: HistoryRequest,
): Promise<HistoryConnection> {
  const { view, sight } = seen;
  const size = pageSize(first);
  scope.accessLog.note('history.read', [view.caseId]);
  const place: CursorScope = [
    'history',
    scope.viewer.organisation,
    view.caseId,
    sight.isBlinded ? sight.annotatorId : null,
    pointText(seen.point),
  ];
  const from = !isGiven(after) ? 0 : placeOf(readCursor(signatures, place, after));
  const { items, hasNextPage } = sight.isBlinded
    ? await ownEvents(scope, seen, from, size)
    : await allEvents(scope, seen, from, size);
  const edges = await Promise.all(
    items.map(async (numbered) => ({
      cursor: makeCursor(signatures, place, [numbered.place]),
      node: await present(scope, seen, numbered.event),
    })),
  );
  return { edges, pageInfo: { hasNextPage, endCursor: edges.at(-1)?.cursor ?? null } };
}

interface NumberedPage {
  readonly items: readonly Numbered[];
  readonly hasNextPage: boolean;
}

async function allEvents(
  scope: RequestScope,
  { view, sight, point }: SeenCase,
  from: number,
  first: number,
): Promise<NumberedPage> {
  const page = await listCaseEvents(scope.session, {
    caseId: view.caseId,
    first,
    afterVersion: from,
    toSeq: point?.sequence,
    hidden: isTold(scope, sight) ? undefined : { types: goldTypes, unlessOf: sight.annotatorId },
  });
  const items = page.items.map((event) => ({ event, place: event.streamVersion }));
  return { items, hasNextPage: page.hasNextPage };
}

const isTold = ({ viewer }: RequestScope, { isAnnotator }: SeenCase['sight']): boolean =>
  seesGold(viewer.role, isAnnotator);

/** One annotator's doing on one case is short: all of it is read (up to 1,000 events) and counted from the first. */
async function ownEvents(
  scope: RequestScope,
  { view, sight }: SeenCase,
  from: number,
  first: number,
): Promise<NumberedPage> {
  const { annotatorId } = sight;
  const page = await listCaseEvents(scope.session, { caseId: view.caseId, first: longestPage, annotatorId });
  const own = page.items
    .filter((event) => showsToBlinded(event, annotatorId))
    .map((event, index) => ({ event, place: index + 1 }));
  return { items: own.slice(from, from + first), hasNextPage: own.length > from + first };
}

function placeOf([place]: readonly unknown[]): number {
  if (typeof place !== 'number') throw new Error('a signed cursor has another form');
  return place;
}

async function present(scope: RequestScope, seen: SeenCase, event: CaseEventView): Promise<HistoryEntry> {
  const { isBlinded, hidesReaders } = seen.sight;
  const isHiddenChange = seen.sight.isAnnotator && changesOfText.has(event.type);
  const reasoned = await notedReason(scope, seen, event);
  const noted = isHiddenChange ? { ...reasoned, note: null } : reasoned;
  const numbers = isBlinded
    ? { eventId: null, version: null, globalSeq: null }
    : { eventId: event.eventId, version: event.streamVersion, globalSeq: event.globalSeq };
  return {
    type: isTold(scope, seen.sight) ? event.type : typeAsRead(event.type),
    at: event.recordedAt,
    // The event that completes the reads is by whoever read last, so it names a reader too.
    actorId: isHiddenChange || (hidesReaders && !isOfNoReader(event)) ? null : event.actorId,
    actorRole: event.actorRole,
    ...numbers,
    readId: event.readId ?? null,
    ...noted,
    detail: detailOf(event, noted),
  };
}

/** Who did it, and what they remarked on it, is between those who work on the case's text, as it is with its sentences. */
const changesOfText: ReadonlySet<string> = new Set([
  'sentenceCorrected',
  'sentenceSplit',
  'sentencesMerged',
  'translationConfirmed',
]);

/** Done by those who read nothing in the project. */
const typesOfNoReader: ReadonlySet<string> = new Set([
  'caseImported',
  'externalReadRecorded',
  'caseWithdrawn',
  'caseReinstated',
  'caseExcluded',
  'caseIncluded',
  'annotationWithdrawn',
  'caseProtocolMoved',
  'lateAnnotationAccepted',
  'lateAnnotationDeclined',
  'flagResolved',
  'caseAssigned',
  'caseUnassigned',
  'sentenceCorrected',
  'sentenceSplit',
  'sentencesMerged',
  'annotationOutdated',
  'translationQuestioned',
  'reviewClosed',
]);

/** An amendment is by the reader, and a revision that was brought back is not. A read that a reviewer took back names one who may read others. */
const isOfNoReader = ({ type, actorRole, detail }: CaseEventView): boolean =>
  (typesOfNoReader.has(type) && !(type === 'annotationWithdrawn' && actorRole === 'reviewer')) ||
  actorRole === 'system' ||
  (type === 'annotationAmended' && detail?.['restoredRevision'] !== undefined);

function detailOf({ detail }: CaseEventView, { note }: NotedReason): string | null {
  if (detail === undefined) return null;
  const { note: _, ...rest } = detail;
  return canonicalJson((note === null ? rest : { ...rest, note }) as JsonValue);
}
