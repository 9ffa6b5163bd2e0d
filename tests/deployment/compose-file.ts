import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What the checks read of docker-compose.yml; everything else is left to Compose. */
export type ComposeService = {
  readonly image?: string;
  readonly build?: { readonly dockerfile?: string; readonly args?: Readonly<Record<string, string>> };
  readonly command?: string | readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly (string | Readonly<Record<string, unknown>>)[];
  readonly user?: string;
  readonly read_only?: boolean;
  readonly init?: boolean;
  readonly cap_drop?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly deploy?: { readonly replicas?: number };
};

export type ComposeFile = { readonly services: Readonly<Record<string, ComposeService>> };

/** The file is ours and Compose checks its shape, so this reader takes that shape for granted. */
export function readComposeFile(path: URL): ComposeFile {
  return parse(readFileSync(path, 'utf8'), { merge: true }) as ComposeFile;
}

/** As Compose resolves `${NAME:-default}` where no variable is set. */
export function withDefaults(text: string): string {
  return text.replaceAll(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1');
}
