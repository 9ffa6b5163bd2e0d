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

/** As Compose resolves `${NAME:-default}`, and `${NAME-default}` for which nothing is a value too, by these variables. */
export function resolved(text: string, variables: Readonly<Record<string, string>> = {}): string {
  return text.replaceAll(/\$\{([A-Z_]+)(:?)-([^}]*)\}/g, (_whole, name: string, colon: string, usual: string) => {
    const value = variables[name];
    return value === undefined || (value === '' && colon === ':') ? usual : value;
  });
}

/** What a service finds in its environment. */
export function environmentOf(
  { environment = {} }: ComposeService,
  variables: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, resolved(text, variables)]));
}
