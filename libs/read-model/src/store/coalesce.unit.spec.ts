import { describe, expect, it } from '@jest/globals';
import { caseId, claimId, annotatorId, organisationId, projectId, readId } from '@consilium/testing';
import type { RowChange } from '../tables/row-change.ts';
import type { ViewRow } from '../tables/view-tables.ts';
import { coalesce } from './coalesce.ts';

const state = (number: number): ViewRow<'case_state'> => ({
  case_id: caseId(number),
  organisation: organisationId(1),
  project_id: projectId(1),
  protocol_version: 1,
  position: number,
  priority: 0,
  status: 'reading',
  reads_submitted: 0,
  extra_reads: 0,
  is_in_es: true,
  is_in_en: true,
});
const read = (claim: number): ViewRow<'read'> => ({
  case_id: caseId(1),
  read_id: readId(1),
  organisation: organisationId(1),
  annotator_id: annotatorId(1),
  claim_id: claimId(claim),
  status: 'held',
  claimed_at_ms: 1,
  revision: null,
  annotation_id: null,
  submitted_event_id: null,
  submitted_at_ms: null,
  payload: null,
  purpose: 'overlap',
});
const put = (number: number): RowChange => ({ kind: 'put', table: 'case_state', row: state(number) });
const submitted = (number: number): RowChange => ({
  kind: 'add',
  table: 'case_state',
  key: { case_id: caseId(number) },
  values: { reads_submitted: 1 },
});
const becomes = (number: number, status: string): RowChange => ({
  kind: 'patch',
  table: 'case_state',
  key: { case_id: caseId(number) },
  values: { status },
});

describe('coalesce', () => {
  it('makes one row of everything that happens to a new row', () => {
    expect(coalesce([put(1), submitted(1), becomes(1, 'awaitingConsensus'), submitted(1)])).toEqual([
      { kind: 'put', table: 'case_state', rows: [{ ...state(1), status: 'awaitingConsensus', reads_submitted: 2 }] },
    ]);
  });

  it('adds up what is added to a row that is there, and keeps the last of what is set', () => {
    expect(coalesce([submitted(1), becomes(1, 'awaitingConsensus'), submitted(1), becomes(1, 'settled')])).toEqual([
      {
        kind: 'update',
        table: 'case_state',
        set: ['status'],
        add: ['reads_submitted'],
        rows: [{ case_id: caseId(1), status: 'settled', reads_submitted: 2 }],
      },
    ]);
  });

  it('groups updates by their columns', () => {
    const groups = coalesce([submitted(1), becomes(2, 'settled'), submitted(3)]);
    expect(groups.map((group) => group.rows.length)).toEqual([2, 1]);
  });

  it('lets a whole row take the place of an earlier one where the table allows it', () => {
    const changes: RowChange[] = [
      { kind: 'put', table: 'read', row: read(1) },
      { kind: 'patch', table: 'read', key: { case_id: caseId(1), read_id: readId(1) }, values: { status: 'released' } },
      { kind: 'put', table: 'read', row: read(2) },
    ];
    expect(coalesce(changes)).toEqual([{ kind: 'put', table: 'read', rows: [read(2)] }]);
  });

  it('leaves a second row of a key that is written once to the database to refuse', () => {
    expect(coalesce([put(1), put(1)])[0]?.rows).toHaveLength(2);
  });

  it('writes tables in their order, whatever the order of the changes', () => {
    const groups = coalesce([{ kind: 'put', table: 'read', row: read(1) }, put(1)]);
    expect(groups.map(({ table }) => table)).toEqual(['case_state', 'read']);
  });
});
