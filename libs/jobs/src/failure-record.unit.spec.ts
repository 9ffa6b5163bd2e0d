import { describe, expect, it } from '@jest/globals';
import { failureRecord, isPermanentRecord } from './failure-record.ts';
import { PermanentJobFailure } from './job-errors.ts';

const secret = 'Juan Pérez, nódulo';

describe('what Redis is told of a failure', () => {
  it('is class and code, never message, stack or cause', () => {
    const error = Object.assign(new TypeError(secret, { cause: new Error(secret) }), { code: '40001' });
    const record = failureRecord(error);
    expect([record.message, record.stack]).toEqual(['TypeError 40001', 'TypeError 40001']);
    expect(JSON.stringify(record, Object.getOwnPropertyNames(record))).not.toContain('Juan');
    expect(isPermanentRecord(record.message)).toBe(false);
  });

  it.each<[string, unknown]>([
    ['a thrown text', secret],
    ['a thrown object', { message: secret, name: secret }],
    ['an error that calls itself by a text', Object.assign(new Error('x'), { name: secret, code: secret })],
  ])('hides %s', (_name, thrown) => {
    expect(failureRecord(thrown).message).toBe('UnnamedError');
  });

  it('marks what can never succeed, and stops BullMQ from trying again', () => {
    const record = failureRecord(new PermanentJobFailure('TOO_MANY_REGIONS'));
    expect(record.message).toBe('permanent TOO_MANY_REGIONS');
    expect(record.name).toBe('UnrecoverableError');
    expect(isPermanentRecord(record.message)).toBe(true);
    expect(failureRecord(new PermanentJobFailure(secret)).message).toBe('permanent UNNAMED');
  });
});
