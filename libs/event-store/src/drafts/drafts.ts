import type { AnnotatorId, CaseId, ClaimId, Instant, OrganisationId } from '@consilium/domain';
import { readBoolean, readInteger, readOptionalInteger, readText } from '@consilium/postgres';
import type { Row, Session } from '@consilium/postgres';
import { unavailableWhenTransient } from '../postgres/unavailable-when-transient.ts';

/** A draft as it is kept: sealed (libs/contracts) under the key of the case's subject. */
export interface SealedDraft {
  /** Stands for the event that a text is sealed in: a new UUID for every save. */
  readonly sealId: string;
  readonly keyVersion: number;
  /** Base64, as are the next. */
  readonly nonce: string;
  readonly ciphertext: string;
}

export interface StoredDraft extends SealedDraft {
  /** From 1. */
  readonly revision: number;
  readonly savedAt: Instant;
}

export interface DraftToSave extends SealedDraft {
  readonly organisation: OrganisationId;
  readonly caseId: CaseId;
  readonly annotatorId: AnnotatorId;
  /** The claim it is saved under: it must be live by the store's clock. */
  readonly claimId: ClaimId;
  /** The one that it takes the place of; 0 for the first. */
  readonly revision: number;
  /** When the case was claimed last, by the store's clock; each save is a mark of the time on task. */
  readonly claimedAt: Instant;
  /** Milliseconds: the longest that counts between two marks. */
  readonly idleGapMs: number;
}

export type DraftOutcome =
  | { readonly kind: 'saved'; readonly revision: number }
  | { readonly kind: 'staleLease' }
  /** Another one is there, or none: nothing was overwritten. */
  | { readonly kind: 'conflict' };

/** Of several saves of one revision at the same time one is saved. @throws StoreUnavailable: save again, or ask what is there */
export async function saveDraft(session: Session, draft: DraftToSave): Promise<DraftOutcome> {
  const [row] = await unavailableWhenTransient(async () =>
    session.query({
      name: 'work-save-draft',
      text: `WITH live AS (
          SELECT FROM journal.claim
          WHERE claim.case_id = $2 AND claim.annotator_id = $3 AND claim.claim_id = $4 
            AND claim.status IN ('held', 'answeringGold')
            AND claim.lease_ends_at > clock_timestamp()
        ), saved AS (
          INSERT INTO work.draft AS draft
            (case_id, annotator_id, organisation, revision, seal_id, key_version, nonce, ciphertext, saved_at)
          SELECT $2, $3, $1, 1, $6::uuid, $7::integer, $8, $9, clock_timestamp() FROM live
          WHERE $5::integer = 0
            OR EXISTS (SELECT FROM work.draft AS known WHERE known.case_id = $2 AND known.annotator_id = $3)
          ON CONFLICT (case_id, annotator_id) DO UPDATE
            SET revision = draft.revision + 1, seal_id = excluded.seal_id, key_version = excluded.key_version,
              nonce = excluded.nonce, ciphertext = excluded.ciphertext, saved_at = excluded.saved_at
            WHERE draft.revision = $5
          RETURNING draft.revision
        ), marked AS (
          INSERT INTO work.time_on_task AS task (case_id, annotator_id, organisation, active_ms, marked_at)
          SELECT $2, $3, $1, work.active_ms_at(NULL, NULL, journal.instant_of($10), clock_timestamp(), $11),
            clock_timestamp()
          FROM saved
          ON CONFLICT (case_id, annotator_id) DO UPDATE
            SET active_ms = work.active_ms_at(task.active_ms, task.marked_at, journal.instant_of($10), clock_timestamp(), $11),
              marked_at = clock_timestamp()
        )
        SELECT EXISTS (SELECT FROM live) AS is_live, (SELECT saved.revision FROM saved) AS revision`,
      values: [
        draft.organisation,
        draft.caseId,
        draft.annotatorId,
        draft.claimId,
        draft.revision,
        draft.sealId,
        draft.keyVersion,
        draft.nonce,
        draft.ciphertext,
        draft.claimedAt,
        draft.idleGapMs,
      ],
    }),
  );
  if (row === undefined) throw new Error('a save has a row');
  const revision = readOptionalInteger(row, 'revision');
  if (revision !== undefined) return { kind: 'saved', revision };
  return readBoolean(row, 'is_live') ? { kind: 'conflict' } : { kind: 'staleLease' };
}

/** Undefined where there is none. @throws StoreUnavailable */
export async function findDraft(
  session: Session,
  caseId: CaseId,
  annotatorId: AnnotatorId,
): Promise<StoredDraft | undefined> {
  const [row] = await unavailableWhenTransient(async () =>
    session.query({
      name: 'work-find-draft',
      text: `SELECT draft.revision, draft.seal_id, draft.key_version, draft.nonce, draft.ciphertext,
          journal.epoch_ms(draft.saved_at) AS saved_at_ms
        FROM work.draft WHERE draft.case_id = $1 AND draft.annotator_id = $2`,
      values: [caseId, annotatorId],
    }),
  );
  return row === undefined ? undefined : draftOf(row);
}

const draftOf = (row: Row): StoredDraft => ({
  revision: readInteger(row, 'revision'),
  sealId: readText(row, 'seal_id'),
  keyVersion: readInteger(row, 'key_version'),
  nonce: readText(row, 'nonce'),
  ciphertext: readText(row, 'ciphertext'),
  savedAt: readInteger(row, 'saved_at_ms') as Instant,
});
