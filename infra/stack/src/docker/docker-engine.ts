import type { DockerFact } from '../choose-servers.ts';
import { findProgram } from '../embedded/find-program.ts';
import { runToEnd } from '../embedded/run-to-end.ts';

const probeTimeoutMs = 5_000;

/** Asks the engine, not only the command, for its version; bounded, since a remote engine may hang. */
export async function probeDocker(environment: Readonly<Record<string, string | undefined>>): Promise<DockerFact> {
  const docker = findProgram('docker', environment);
  if (docker === undefined) return { answers: false, why: 'no docker command was found' };
  const { code, stdout } = await runToEnd(docker, ['version', '--format', '{{.Server.Version}}'], {
    environment,
    timeoutMs: probeTimeoutMs,
  });
  const version = stdout.trim();
  if (code === 0 && /^\d/.test(version)) return { answers: true, version };
  return { answers: false, why: 'no Docker engine answers' };
}
