/**
 * Where each server comes from: the environment first, then a Docker engine, then the embedded servers. Pure, so that
 * every order can be tested. What a `run` once chose it keeps, because that is where its data are.
 */
import {
  serverNames,
  serverTitles,
  type ServerChoice,
  type ServerName,
  type ServerSource,
  type StackOptions,
} from './running-stack.ts';
import { urlVariables } from './server-urls.ts';
import { StackUnavailable } from './stack-unavailable.ts';

export type DockerFact =
  | { readonly answers: true; readonly version: string }
  /** Half a sentence, e.g. `no docker command was found`. */
  | { readonly answers: false; readonly why: string };

export interface ChoiceFacts {
  readonly purpose: StackOptions['purpose'];
  /** Servers whose URL is in the environment. */
  readonly given: ReadonlySet<ServerName>;
  /** CONSILIUM_STACK: `docker`, `embedded`, or nothing. */
  readonly forced: string | undefined;
  /** What the last run with this data folder used. */
  readonly remembered: Partial<Readonly<Record<ServerName, ServerSource>>>;
  readonly docker: DockerFact;
  /** As process.platform has it. */
  readonly platform: string;
}

export function chooseServers(facts: ChoiceFacts): readonly ServerChoice[] {
  const { forced } = facts;
  if (forced !== undefined && forced !== '' && forced !== 'docker' && forced !== 'embedded') {
    throw new StackUnavailable(
      'environment-invalid',
      `CONSILIUM_STACK is "${forced}"`,
      'set it to docker or embedded, or unset it to let the stack choose',
    );
  }
  return serverNames.map((server) => chooseServer(server, facts));
}

/** Whether the answer of a Docker engine makes any difference, so that the probe can be spared. */
export function needsDockerProbe({ given, forced }: Pick<ChoiceFacts, 'given' | 'forced'>): boolean {
  return forced !== 'embedded' && serverNames.some((server) => !given.has(server));
}

function chooseServer(server: ServerName, facts: ChoiceFacts): ServerChoice {
  const { given, forced, docker, purpose } = facts;
  if (given.has(server)) return { server, how: 'environment', why: `${urlVariables[server]} is set` };
  if (forced === 'embedded') return embedded(server, 'CONSILIUM_STACK is embedded', facts);
  const remembered = purpose === 'run' ? facts.remembered[server] : undefined;
  if (forced !== 'docker' && remembered === 'embedded') {
    return embedded(server, 'the data of the last run are embedded', facts);
  }
  if (docker.answers) return { server, how: 'docker', why: `a Docker engine (${docker.version}) answers` };
  if (forced === 'docker') {
    throw new StackUnavailable(
      'docker-gone',
      `CONSILIUM_STACK is docker, but ${docker.why}`,
      'start the Docker engine, or unset CONSILIUM_STACK',
    );
  }
  if (remembered === 'docker') {
    throw new StackUnavailable(
      'docker-gone',
      `The data of the last run of ${serverTitles[server]} are in Docker, but ${docker.why}`,
      'start the Docker engine, or set CONSILIUM_STACK=embedded to begin with empty embedded servers',
    );
  }
  return embedded(server, docker.why, facts);
}

function embedded(server: ServerName, why: string, { platform }: ChoiceFacts): ServerChoice {
  if (platform === 'linux' || platform === 'darwin') return { server, how: 'embedded', why };
  throw new StackUnavailable(
    'platform-unsupported',
    `The embedded servers run on Linux and macOS only, this is ${platform}, and ${why}`,
    `start a Docker engine, work in WSL, or set ${urlVariables[server]}`,
  );
}
