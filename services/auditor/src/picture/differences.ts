/** One value that is not the same in two pictures. */
export interface Difference {
  /** `reads[<id>].annotation.regions[<id>].received.x1`: members of a list that have an id stand under it. */
  readonly path: string;
  /** Undefined where it was not there. */
  readonly from: unknown;
  /** Undefined where it is not there any more. */
  readonly to: unknown;
}

const idNames = ['readId', 'regionId', 'findingId', 'sentenceId', 'imageId'];

/** Every value that differs, as deep down as it differs; what came or went as a whole is one difference. */
export function differences(from: unknown, to: unknown, path = ''): readonly Difference[] {
  const [before, after] = [membersOf(from), membersOf(to)];
  if (before === undefined || after === undefined) {
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path, from, to }];
  }
  const names = [...before.keys(), ...[...after.keys()].filter((name) => !before.has(name))];
  return names.flatMap((name) =>
    differences(
      before.get(name),
      after.get(name),
      path === '' && !name.startsWith('[') ? name.slice(1) : `${path}${name}`,
    ),
  );
}

/** `.name` of an object, `[id]` of a list of things with ids, `[0]` of another list; undefined of a plain value. */
function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (Array.isArray(value)) {
    const idName = idNames.find((name) => value.every((member) => idOf(member, name) !== undefined));
    const ids = value.map((member, index) => (idName === undefined ? String(index) : (idOf(member, idName) ?? '')));
    return new Set(ids).size === ids.length
      ? new Map(value.map((member: unknown, index) => [`[${ids[index] ?? ''}]`, member]))
      : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map(Object.entries(value).map(([name, member]) => [`.${name}`, member]));
}

function idOf(member: unknown, name: string): string | undefined {
  const id = typeof member === 'object' && member !== null ? (member as Record<string, unknown>)[name] : undefined;
  return typeof id === 'string' ? id : undefined;
}
