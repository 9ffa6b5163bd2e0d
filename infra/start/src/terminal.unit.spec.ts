import { describe, expect, it } from '@jest/globals';
import { Terminal } from './terminal.ts';

function screen(isTTY: boolean): { readonly terminal: Terminal; readonly written: () => string } {
  let text = '';
  const write = (chunk: unknown): boolean => {
    text += String(chunk);
    return true;
  };
  return { terminal: new Terminal({ write, isTTY, columns: 60 }), written: () => text };
}

describe('a phase', () => {
  it('leaves one line with its seconds', async () => {
    const { terminal, written } = screen(true);
    await terminal.phase('servers', async (progress) => {
      progress('PostgreSQL starts', 0.5);
      return 'all of them';
    });
    const [drawn = '', last = ''] = written().split('\r\u001B[2K');
    expect(drawn).toBe('servers         [############............] PostgreSQL start');
    expect(last).toMatch(/^servers {9,} +\d+\.\d s {2}all of them\n$/);
  });

  it('never draws past the edge of the terminal', async () => {
    const { terminal, written } = screen(true);
    await terminal.phase('servers', async (progress) => {
      progress('x'.repeat(200));
      return '';
    });
    expect(written().split('\r')[0]).toHaveLength(59);
  });

  it('says in a log each new thing once, and every fifth of its way', async () => {
    const { terminal, written } = screen(false);
    await terminal.phase('demonstration', async (progress) => {
      for (let done = 0; done < 1_000; done += 1) progress(`reading ${done} of 1000`, done / 1_000);
      return 'done';
    });
    const lines = written().split('\n');
    expect(lines.filter((line) => line.includes('...'))).toEqual([
      'demonstration   ... reading 0 of 1000',
      'demonstration   ... reading 200 of 1000',
      'demonstration   ... reading 400 of 1000',
      'demonstration   ... reading 600 of 1000',
      'demonstration   ... reading 800 of 1000',
    ]);
    expect(written()).not.toContain('\u001B');
  });

  it('that fails leaves no line of success', async () => {
    const { terminal, written } = screen(false);
    const phase = terminal.phase('services', async () => {
      throw new Error('no');
    });
    await expect(phase).rejects.toThrow('no');
    expect(written()).toBe('');
  });
});
