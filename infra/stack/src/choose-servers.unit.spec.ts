import { describe, expect, it } from '@jest/globals';
import { chooseServers, needsDockerProbe, type ChoiceFacts } from './choose-servers.ts';

const none: ChoiceFacts = {
  purpose: 'run',
  given: new Set(),
  forced: undefined,
  remembered: {},
  docker: { answers: false, why: 'no Docker engine answers' },
  platform: 'linux',
};
const engine: ChoiceFacts['docker'] = { answers: true, version: '28.2.2' };

function sources(facts: Partial<ChoiceFacts>): readonly string[] {
  return chooseServers({ ...none, ...facts }).map(({ how }) => how);
}

describe('choosing where the servers come from', () => {
  it('prefers the environment, then Docker, then the embedded servers', () => {
    expect(sources({ given: new Set(['postgres', 'kafka', 'redis']), docker: engine })).toEqual([
      'environment',
      'environment',
      'environment',
    ]);
    expect(sources({ docker: engine })).toEqual(['docker', 'docker', 'docker']);
    expect(sources({})).toEqual(['embedded', 'embedded', 'embedded']);
  });

  it('decides each server on its own', () => {
    expect(sources({ given: new Set(['kafka']), docker: engine })).toEqual(['docker', 'environment', 'docker']);
    expect(sources({ given: new Set(['kafka']) })).toEqual(['embedded', 'environment', 'embedded']);
  });

  it('says why', () => {
    const [postgres, kafka, redis] = chooseServers({ ...none, given: new Set(['postgres']) });
    expect(postgres).toEqual({ server: 'postgres', how: 'environment', why: 'DATABASE_URL is set' });
    expect(kafka).toEqual({ server: 'kafka', how: 'embedded', why: 'no Docker engine answers' });
    expect(redis).toEqual({ server: 'redis', how: 'embedded', why: 'no Docker engine answers' });
    const [inDocker] = chooseServers({ ...none, docker: engine });
    expect(inDocker?.why).toBe('a Docker engine (28.2.2) answers');
  });

  it('stays with the embedded data of the last run when an engine appears', () => {
    expect(
      sources({ remembered: { postgres: 'embedded', kafka: 'embedded', redis: 'embedded' }, docker: engine }),
    ).toEqual(['embedded', 'embedded', 'embedded']);
  });

  it('does not start empty when the data of the last run are in Docker and no engine answers', () => {
    expect(() => sources({ remembered: { postgres: 'docker' } })).toThrow(
      'The data of the last run of PostgreSQL are in Docker, but no Docker engine answers: start the Docker engine, ' +
        'or set CONSILIUM_STACK=embedded to begin with empty embedded servers.',
    );
  });

  it('remembers nothing for tests, whose data are new each time', () => {
    expect(sources({ purpose: 'test', remembered: { postgres: 'docker' } })).toEqual([
      'embedded',
      'embedded',
      'embedded',
    ]);
    expect(sources({ purpose: 'test', remembered: { postgres: 'embedded' }, docker: engine })).toEqual([
      'docker',
      'docker',
      'docker',
    ]);
  });

  it('obeys CONSILIUM_STACK', () => {
    expect(sources({ forced: 'embedded', docker: engine })).toEqual(['embedded', 'embedded', 'embedded']);
    expect(sources({ forced: 'docker', docker: engine, remembered: { postgres: 'embedded' } })).toEqual([
      'docker',
      'docker',
      'docker',
    ]);
    expect(() => sources({ forced: 'docker' })).toThrow('CONSILIUM_STACK is docker, but no Docker engine answers');
    expect(() => sources({ forced: 'podman' })).toThrow('CONSILIUM_STACK is "podman": set it to docker or embedded');
    expect(sources({ forced: '' })).toEqual(['embedded', 'embedded', 'embedded']);
  });

  it('names what to do where the embedded servers do not run', () => {
    expect(() => sources({ platform: 'win32' })).toThrow(
      'The embedded servers run on Linux and macOS only, this is win32, and no Docker engine answers: ' +
        'start a Docker engine, work in WSL, or set DATABASE_URL.',
    );
  });

  it('asks a Docker engine only when the answer matters', () => {
    expect(needsDockerProbe({ given: new Set(), forced: undefined })).toBe(true);
    expect(needsDockerProbe({ given: new Set(), forced: 'embedded' })).toBe(false);
    expect(needsDockerProbe({ given: new Set(['postgres', 'kafka', 'redis']), forced: undefined })).toBe(false);
  });
});
