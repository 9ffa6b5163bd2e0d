import { describe, expect, it } from '@jest/globals';
import { isTransient } from './is-transient.ts';

const failure = (message: string, code?: string): Error =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

describe('isTransient', () => {
  it.each([
    ['a lost connection', failure('connection failure', '08006')],
    ['a server told to stop', failure('terminating connection due to administrator command', '57P01')],
    ['a server starting up', failure('the database system is starting up', '57P03')],
    ['a deadlock', failure('deadlock detected', '40P01')],
    ['too many clients', failure('sorry, too many clients already', '53300')],
    ['a closed port', failure('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED')],
    ['a connection that died under a query', failure('Connection terminated unexpectedly')],
    ['no free connection in time', failure('timeout exceeded when trying to connect')],
  ])('is true of %s', (_what, error) => {
    expect(isTransient(error)).toBe(true);
  });

  it.each([
    ['a taken key', failure('duplicate key value', '23505')],
    ['a denied table', failure('permission denied', '42501')],
    ['a syntax error', failure('syntax error', '42601')],
    ['a statement that ran out of time', failure('canceling statement due to statement timeout', '57014')],
    ['a code that only looks like class 08', failure('something', '08')],
    ['a fault of this program', new TypeError('x is not a function')],
    ['nothing at all', undefined],
  ])('is false of %s', (_what, error) => {
    expect(isTransient(error)).toBe(false);
  });
});
