import type { ProblemList } from '../format-problem.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { memberPath } from '../json/repeated-keys.ts';
import type { ReceivedMembers } from './grounded-study.ts';

/**
 * Reads the members of one object by key. What is wrong is noted, and something of the right type given in its place, so that
 * all problems of a row are found at once; with a problem noted, what was read is worth nothing.
 */
export class ObjectMembers {
  readonly #object: JsonObject;
  readonly #path: string;
  readonly #problems: ProblemList;
  readonly #values: ReadonlyMap<string, JsonValue>;

  constructor(object: JsonObject, path: string, problems: ProblemList) {
    this.#object = object;
    this.#path = path;
    this.#problems = problems;
    this.#values = new Map(object.members.map(({ key, value }) => [key, value]));
  }

  value(key: string): JsonValue | undefined {
    return this.#values.get(key);
  }

  /** A text that is not blank. */
  text(key: string): string {
    const value = this.#required(key);
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (value === '' || typeof value === 'string') this.#note(key, 'MISSING', 'must not be blank');
    else if (value !== undefined) this.#note(key, 'WRONG_TYPE', 'must be a text');
    return '';
  }

  flag(key: string): boolean {
    const value = this.#required(key);
    if (value !== undefined && typeof value !== 'boolean') this.#note(key, 'WRONG_TYPE', 'must be true or false');
    return value === true;
  }

  optionalText(key: string): string | null | undefined {
    const value = this.value(key);
    if (value === undefined || value === null || typeof value === 'string') return value;
    this.#note(key, 'WRONG_TYPE', 'must be a text or null');
    return null;
  }

  /** `readItem` gets each item with its path, and notes what is wrong with it. */
  list<Item>(key: string, readItem: (item: JsonValue, path: string) => Item): readonly Item[] {
    const value = this.#required(key);
    return value === undefined ? [] : this.#items(key, value, 'must be a list', readItem);
  }

  optionalList<Item>(
    key: string,
    readItem: (item: JsonValue, path: string) => Item,
  ): readonly Item[] | null | undefined {
    const value = this.value(key);
    return value === undefined || value === null ? value : this.#items(key, value, 'must be a list or null', readItem);
  }

  received(known: ReadonlySet<string>): ReceivedMembers {
    return {
      keys: this.#object.members.map(({ key }) => key),
      others: this.#object.members.filter(({ key }) => !known.has(key)),
    };
  }

  #items<Item>(
    key: string,
    value: JsonValue,
    message: string,
    readItem: (item: JsonValue, path: string) => Item,
  ): readonly Item[] {
    if (value !== null && typeof value === 'object' && value.kind === 'array') {
      return value.items.map((item, index) => readItem(item, `${memberPath(this.#path, key)}[${String(index)}]`));
    }
    this.#note(key, 'WRONG_TYPE', message);
    return [];
  }

  #required(key: string): JsonValue | undefined {
    if (!this.#values.has(key)) this.#note(key, 'MISSING', 'must be given');
    return this.value(key);
  }

  #note(key: string, code: 'MISSING' | 'WRONG_TYPE', message: string): void {
    this.#problems.add(memberPath(this.#path, key), code, message);
  }
}
