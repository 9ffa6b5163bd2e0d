import { describe, expect, it } from '@jest/globals';
import { HealthRegistry } from './health-registry.ts';

describe('HealthRegistry', () => {
  it('is well while every check of that probe passes', async () => {
    const health = new HealthRegistry();
    health.add('ready', 'database', () => undefined);
    health.add('live', 'loop', () => {
      throw new Error('not asked for here');
    });
    expect(await health.report('ready')).toEqual({ status: 'ok', checks: { database: { status: 'ok' } } });
  });

  it('names the check that fails, and why', async () => {
    const health = new HealthRegistry();
    health.add('ready', 'database', () => undefined);
    health.add('ready', 'kafka', () => Promise.reject(new Error('no broker')));
    expect(await health.report('ready')).toEqual({
      status: 'failing',
      checks: { database: { status: 'ok' }, kafka: { status: 'failing', reason: 'no broker' } },
    });
  });

  it('asks a check that failed again, also one that throws at once', async () => {
    const health = new HealthRegistry();
    let isUp = false;
    health.add('ready', 'kafka', () => {
      if (!isUp) throw new Error('not yet');
    });
    expect((await health.report('ready')).status).toBe('failing');
    isUp = true;
    expect((await health.report('ready')).status).toBe('ok');
  });

  it('gives up a check that hangs, and does not start it again while it does', async () => {
    const health = new HealthRegistry(5);
    let started = 0;
    health.add('ready', 'hanging', () => {
      started += 1;
      return new Promise<void>(() => undefined);
    });
    await health.report('ready');
    expect(await health.report('ready')).toMatchObject({
      status: 'failing',
      checks: { hanging: { reason: 'no answer within 5 ms' } },
    });
    expect(started).toBe(1);
  });

  it('is not ready any more, but alive, while shutting down', async () => {
    const health = new HealthRegistry();
    health.stopping();
    expect((await health.report('ready')).status).toBe('failing');
    expect((await health.report('live')).status).toBe('ok');
  });

  it('refuses two checks of one name', () => {
    const health = new HealthRegistry();
    health.add('live', 'loop', () => undefined);
    expect(() => health.add('live', 'loop', () => undefined)).toThrow('loop');
  });
});
