import { Kind, getNamedType, isAbstractType, isEnumType, isListType, isNonNullType, isObjectType } from 'graphql';
import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql';
import { scalarText } from './scalar-text.ts';

/** Writes the type of what selections answer with. Validated documents only. */
export class SelectionTypes {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(schema: GraphQLSchema, fragments: readonly FragmentDefinitionNode[]) {
    this.#schema = schema;
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  /** Of one or more selection sets of the same object, merged as GraphQL merges them. */
  objectText(type: GraphQLObjectType, selections: readonly SelectionSetNode[], indent: string): string {
    const inner = `${indent}  `;
    const lines = [...this.#fieldsOf(type, selections)].map(
      ([name, nodes]) => `${inner}readonly ${name}: ${this.#fieldText(type, nodes, inner)};\n`,
    );
    return `{\n${lines.join('')}${indent}}`;
  }

  #fieldText(parent: GraphQLObjectType, nodes: readonly FieldNode[], indent: string): string {
    const [first] = nodes;
    if (first === undefined) throw new TypeError('A field is selected at least once');
    if (first.name.value === '__typename') return `'${parent.name}'`;
    const field = parent.getFields()[first.name.value];
    if (field === undefined) throw new TypeError(`${parent.name} has no field ${first.name.value}`);
    const selections = nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
    return this.#outputText(field.type, selections, indent);
  }

  #outputText(type: GraphQLOutputType, selections: readonly SelectionSetNode[], indent: string): string {
    if (isNonNullType(type)) return this.#presentText(type.ofType, selections, indent);
    return `${this.#presentText(type, selections, indent)} | null`;
  }

  #presentText(type: GraphQLOutputType, selections: readonly SelectionSetNode[], indent: string): string {
    if (isListType(type)) {
      const item = this.#outputText(type.ofType, selections, indent);
      return `readonly ${/^[\w']+$/.test(item) || /^\{[^|]*\}$/.test(item) ? item : `(${item})`}[]`;
    }
    const named = getNamedType(type);
    if (isAbstractType(named)) {
      const members = this.#schema.getPossibleTypes(named);
      const [some] = members;
      if (some !== undefined && !this.#fieldsOf(some, selections).has('__typename')) {
        throw new TypeError(`Ask for __typename where the answer is ${named.name}`);
      }
      return members.map((member) => `\n${indent}  | ${this.objectText(member, selections, `${indent}    `)}`).join('');
    }
    if (isObjectType(named)) return this.#wholeFragment(selections) ?? this.objectText(named, selections, indent);
    return isEnumType(named) ? named.name : scalarText(named.name);
  }

  /** The name of the one fragment that is all that is selected: its type is declared once. */
  #wholeFragment(selections: readonly SelectionSetNode[]): string | undefined {
    const [only, ...others] = selections.flatMap((set) => set.selections);
    if (only?.kind !== Kind.FRAGMENT_SPREAD || others.length > 0) return undefined;
    const condition = this.#fragments.get(only.name.value)?.typeCondition.name.value;
    return isObjectType(this.#schema.getType(condition ?? '')) ? only.name.value : undefined;
  }

  /** By the name of the answer's field, in the order of the document. */
  #fieldsOf(
    type: GraphQLObjectType,
    selections: readonly SelectionSetNode[],
    found = new Map<string, FieldNode[]>(),
  ): ReadonlyMap<string, readonly FieldNode[]> {
    for (const selection of selections.flatMap((set) => set.selections)) {
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        found.set(name, [...(found.get(name) ?? []), selection]);
        continue;
      }
      const part = selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : selection;
      if (part === undefined) continue;
      if (this.#applies(part.typeCondition?.name.value, type)) this.#fieldsOf(type, [part.selectionSet], found);
    }
    return found;
  }

  #applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const named = this.#schema.getType(condition);
    return isAbstractType(named) && this.#schema.isSubType(named, type);
  }
}
