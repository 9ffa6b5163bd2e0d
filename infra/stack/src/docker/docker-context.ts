import type { DataFolder } from '../embedded/data-folder.ts';
import type { ServerHandle, ServerName, StackOptions } from '../running-stack.ts';

export interface DockerContext {
  readonly options: StackOptions;
  readonly folder: DataFolder;
  readonly report: (server: ServerName, message: string, fraction: number) => void;
  /** A command that must be run should this process die. */
  readonly runAtEnd: (command: string, args: readonly string[]) => void;
}

export interface DockerServer {
  readonly handle: ServerHandle;
  readonly url: string;
}

export interface DockerServers {
  readonly servers: ReadonlyMap<ServerName, DockerServer>;
  /** Stops what this start started, and only that; containers that ran before go on. */
  readonly stop: () => Promise<void>;
}
