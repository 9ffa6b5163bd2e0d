import { describe, expect, it } from '@jest/globals';
import { decodeWatchdogMessage } from './embedded/watchdog-protocol.ts';
import { explainFolderError, StackUnavailable } from './stack-unavailable.ts';

describe('StackUnavailable', () => {
  it('is one sentence with its remedy', () => {
    const failure = new StackUnavailable('redis-missing', 'There is no Redis', 'install it');
    expect(failure.message).toBe('There is no Redis: install it.');
    expect(failure).toMatchObject({
      reason: 'redis-missing',
      sentence: 'There is no Redis',
      remedy: 'install it',
    });
  });
});

describe('a system error in the data folder', () => {
  const systemError = (code: string): Error => Object.assign(new Error(`${code}: x`), { code });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EACCES', 'folder-unreachable'],
    ['EROFS', 'folder-unreachable'],
    ['ENOTDIR', 'folder-unreachable'],
  ])('%s becomes %s', (code, reason) => {
    const error = systemError(code);
    expect(explainFolderError(error, '/data')).toMatchObject({
      reason,
      cause: error,
      message: expect.stringContaining('/data'),
    });
  });

  it('of another kind stays as it is, and so does what is explained already', () => {
    const other = systemError('EMFILE');
    const explained = new StackUnavailable('port-taken', 'a', 'b');
    expect(explainFolderError(other, '/data')).toBe(other);
    expect(explainFolderError(explained, '/data')).toBe(explained);
  });
});

describe('what the watchdog is told', () => {
  it('may end in the middle of a line when the owner is killed', () => {
    expect(decodeWatchdogMessage('{"type":"forget","pid":7}')).toEqual({ type: 'forget', pid: 7 });
    expect(decodeWatchdogMessage('{"type":"forg')).toBeUndefined();
  });
});
