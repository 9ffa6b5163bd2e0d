import { aggregateOf, isUuid, streamIdOf } from '@consilium/domain';
import { CommandFailed } from '../command-failed.ts';
import type { readOptions } from '../command/read-options.ts';
import { textOption } from '../command/read-options.ts';
import type { HistorySource } from '../history/history-source.ts';

/** What a question about the past is about. */
export interface Subject {
  readonly streamId: string;
  /** Only what concerns this annotation, region, finding or sentence of the case. */
  readonly within: string | undefined;
}

const kinds = ['case', 'project', 'annotator', 'annotation', 'region'] as const;
type Kind = (typeof kinds)[number];

export const subjectOptions = {
  case: { type: 'string' },
  project: { type: 'string' },
  annotator: { type: 'string' },
  annotation: { type: 'string' },
  region: { type: 'string' },
  from: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** @throws CommandFailed unless just one of `allowed` is given, and is an id */
export function namedSubject(
  options: ReturnType<typeof readOptions>,
  allowed: readonly Kind[],
): { readonly kind: Kind; readonly id: string } {
  const named = kinds.flatMap((kind) => {
    const id = textOption(options, kind);
    return id === undefined ? [] : [{ kind, id }];
  });
  const [one, ...others] = named;
  if (one === undefined || others.length > 0 || !allowed.includes(one.kind)) {
    throw new CommandFailed('usage', `Name one of ${allowed.map((kind) => `--${kind} ID`).join(', ')}.`);
  }
  if (!isUuid(one.id)) throw new CommandFailed('usage', `--${one.kind}: "${one.id}" is no id.`);
  return one;
}

/** An annotation or a region is found by the one case that has it. @throws CommandFailed */
export async function findSubject(
  source: HistorySource,
  { kind, id }: { readonly kind: Kind; readonly id: string },
): Promise<Subject> {
  if (kind !== 'annotation' && kind !== 'region') return { streamId: streamIdOf(kind, id), within: undefined };
  const [streamId] = (await source.lookUp().streamsMentioning(id, 10)).filter(
    (stream) => aggregateOf(stream) === 'case',
  );
  if (streamId === undefined) throw new CommandFailed('notFound', `No event names the ${kind} ${id}.`);
  return { streamId, within: id };
}
