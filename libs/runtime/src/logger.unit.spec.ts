import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.ts';
import type { LogLevel } from './logger.ts';

function recordingLogger(level?: LogLevel): { logger: ReturnType<typeof createLogger>; lines: string[] } {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { logger: createLogger({ service: 'probe', destination, ...(level === undefined ? {} : { level }) }), lines };
}

describe('createLogger', () => {
  it('writes one JSON line with the service, the level by name and the message', () => {
    const { logger, lines } = recordingLogger();
    logger.info({ port: 1 }, 'listening');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ service: 'probe', level: 'info', msg: 'listening', port: 1 });
  });

  it('keeps secrets and payloads out, at the top and further down', () => {
    const { logger, lines } = recordingLogger();
    const hidden = { authorization: 'h1', token: 'h2', password: 'h3', payload: 'h4' };
    logger.info({ ...hidden, request: { ...hidden, headers: hidden } }, 'x');
    expect(lines.join('')).not.toMatch(/h[1-4]/);
  });

  it('tells an error and its cause, but none of their other fields', () => {
    const { logger, lines } = recordingLogger();
    const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', connectionString: 'hunter2' });
    logger.error({ error: new Error('no database', { cause }) }, 'failed');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      error: { message: 'no database', cause: { message: 'refused', code: 'ECONNREFUSED' } },
    });
    expect(lines.join('')).not.toContain('hunter2');
  });

  it('writes nothing below its level', () => {
    const { logger, lines } = recordingLogger('warn');
    logger.info('x');
    expect(lines).toEqual([]);
  });
});
