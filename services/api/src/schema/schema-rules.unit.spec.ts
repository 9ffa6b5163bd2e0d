import { describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  getNamedType,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import { readSchemaText } from './read-schema.ts';

interface Element {
  /** A schema coordinate, such as `Query.case(id:)`. */
  readonly coordinate: string;
  readonly description: string | null | undefined;
  readonly deprecationReason?: string | null | undefined;
}

const schema = buildSchema(readSchemaText());
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
);

function elementsOf(type: GraphQLNamedType): readonly Element[] {
  const at = (name: string, { description, deprecationReason }: Omit<Element, 'coordinate'>): Element => ({
    coordinate: `${type.name}${name}`,
    description,
    deprecationReason,
  });
  const own = at('', type);
  if (isEnumType(type)) return [own, ...type.getValues().map((value) => at(`.${value.name}`, value))];
  if (isInputObjectType(type)) {
    return [own, ...Object.values(type.getFields()).map((field) => at(`.${field.name}`, field))];
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [own];
  const fields = Object.values(type.getFields());
  return [
    own,
    ...fields.flatMap((field) => [
      at(`.${field.name}`, field),
      ...field.args.map((argument) => at(`.${field.name}(${argument.name}:)`, argument)),
    ]),
  ];
}

const elements: readonly Element[] = [
  ...types.flatMap(elementsOf),
  ...schema
    .getDirectives()
    .filter((directive) => !isSpecifiedDirective(directive))
    .map(({ name, description }) => ({ coordinate: `@${name}`, description })),
];

/** The rules of docs/API.md that a client relies on without reading each type. */
describe('the schema', () => {
  it('describes everything that it has, in a sentence', () => {
    expect(elements.length).toBeGreaterThan(600);
    expect(elements.filter(({ description }) => !/[^\s].*\.$/s.test(description ?? '')).map(coordinateOf)).toEqual([]);
  });

  it('says of what is deprecated what to use instead', () => {
    const deprecated = elements.filter(({ deprecationReason }) => typeof deprecationReason === 'string');
    expect(deprecated.filter(({ deprecationReason }) => !/`\w+`/.test(deprecationReason ?? ''))).toEqual([]);
  });

  it('names the specification of a scalar, or says that it is opaque or its own', () => {
    const bare = types.filter(isScalarType).filter(({ specifiedByURL }) => typeof specifiedByURL !== 'string');
    expect(bare.map(({ name }) => name).sort()).toEqual(['Cursor', 'Decimal', 'Token']);
  });

  it('answers each command with a union of a success and refusals', () => {
    for (const { name, type } of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      const result = getNamedType(type);
      if (!isUnionType(result)) throw new Error(`${name} answers with ${type.toString()}`);
      const [success, ...refusals] = result.getTypes().map((member) => ({
        name: member.name,
        isRefusal: member.getInterfaces().some((one) => one.name === 'Refusal'),
      }));
      expect([name, success?.isRefusal]).toEqual([name, false]);
      const others = refusals.filter(({ isRefusal }) => !isRefusal).map((member) => member.name);
      // What came too late is kept all the same: no success, and no refusal.
      expect([name, others]).toEqual([name, name === 'submitAnnotation' ? ['LateAnnotationKept'] : []]);
    }
  });

  it('takes a commandId with each command but those that may run as often as they like', () => {
    const without = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(({ args: [input] }) => {
      const type = input === undefined ? undefined : getNamedType(input.type);
      return !isInputObjectType(type) || !('commandId' in type.getFields());
    });
    expect(without.map(({ name }) => name).sort()).toEqual([
      'renewAdjudication',
      'renewLease',
      'renewReview',
      'saveDraft',
    ]);
  });

  it('pages by Relay: edges with a cursor and a node, page information, and `first` with `after`', () => {
    const connections = types.filter(isObjectType).filter((type) => 'edges' in type.getFields());
    expect(connections.length).toBeGreaterThan(3);
    for (const connection of connections) {
      const { edges, pageInfo } = connection.getFields();
      const edge = edges === undefined ? undefined : getNamedType(edges.type);
      expect([connection.name, edges?.type.toString(), pageInfo?.type.toString()]).toEqual([
        connection.name,
        `[${edge?.name ?? ''}!]!`,
        'PageInfo!',
      ]);
      const within = isObjectType(edge) ? edge.getFields() : {};
      expect([connection.name, within['cursor']?.type.toString(), within['node']?.type.toString()]).toEqual([
        connection.name,
        'Cursor!',
        expect.stringMatching(/!$/),
      ]);
    }
    const pages = types
      .filter(isObjectType)
      .flatMap((type) => Object.values(type.getFields()))
      .filter(({ type }) => connections.some((connection) => connection === getNamedType(type)));
    expect(pages.length).toBeGreaterThan(3);
    for (const { name, args } of pages) {
      const given = Object.fromEntries(args.map((argument) => [argument.name, argument.type.toString()]));
      expect([name, given]).toEqual([name, expect.objectContaining({ first: 'Int', after: 'Cursor' })]);
    }
  });
});

function coordinateOf({ coordinate }: Element): string {
  return coordinate;
}
