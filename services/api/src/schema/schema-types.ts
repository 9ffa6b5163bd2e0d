import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLInterfaceType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { enumValueOf } from './enum-value.ts';

const scalars: Readonly<Record<string, string>> = {
  ID: 'string',
  String: 'string',
  Int: 'number',
  Float: 'number',
  Boolean: 'boolean',
  /** Epoch milliseconds; written and read as ISO 8601 at the edge. */
  DateTime: 'number',
  Decimal: 'string',
  Token: 'string',
  Cursor: 'string',
};

const header =
  '// Made from the SDL files of this folder by `npm run generate --workspace services/api`. Do not edit.\n';

/** TypeScript types of everything in the schema, as code behind the edge sees it (enums by their inner names). */
export function schemaTypesOf(schema: GraphQLSchema): string {
  const types = Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const members = new Set(types.filter(isUnionType).flatMap((type) => type.getTypes().map(({ name }) => name)));
  const declarations = types.map((type) => declarationOf(type, members.has(type.name)));
  return [header, ...declarations.filter((text) => text !== '')].join('\n');
}

function declarationOf(type: GraphQLNamedType, isUnionMember: boolean): string {
  if (isEnumType(type)) {
    const values = type.getValues().map(({ name }) => `'${enumValueOf(name)}'`);
    return `export type ${type.name} = ${values.join(' | ')};\n`;
  }
  if (isUnionType(type)) {
    const members = type.getTypes().map(({ name }) => name);
    return `export type ${type.name} = ${members.join(' | ')};\n`;
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map((field) =>
      inputLine(field.name, field.type.toString(), field.defaultValue !== undefined),
    );
    return `export interface ${type.name} {\n${fields.join('\n')}\n}\n`;
  }
  if (isObjectType(type) && isRoot(type.name)) return argumentsOf(type);
  return isObjectType(type) || isInterfaceType(type) ? objectOf(type, isUnionMember) : '';
}

const isRoot = (name: string): boolean => ['Query', 'Mutation', 'Subscription'].includes(name);

/** Root fields have resolvers of their own; only what is given to them has a type here. */
const argumentsOf = (root: GraphQLObjectType): string =>
  Object.values(root.getFields())
    .filter(({ args }) => args.length > 0)
    .map(({ name, args }) => {
      const title = `${root.name}${name.charAt(0).toUpperCase()}${name.slice(1)}Arguments`;
      const lines = args.map((given) => inputLine(given.name, given.type.toString(), given.defaultValue !== undefined));
      return `export interface ${title} {\n${lines.join('\n')}\n}\n`;
    })
    .join('\n');

/** A member of a union says which one it is. */
function objectOf(type: GraphQLObjectType | GraphQLInterfaceType, isUnionMember: boolean): string {
  const fields = Object.values(type.getFields()).map(
    ({ name, type: of }) => `  readonly ${name}: ${typeText(of.toString())};`,
  );
  const lines = isUnionMember ? [`  readonly __typename: '${type.name}';`, ...fields] : fields;
  return `export interface ${type.name} {\n${lines.join('\n')}\n}\n`;
}

/** With a default value a field is never absent, though an explicit null is still refused by its type. */
function inputLine(name: string, type: string, hasDefault: boolean): string {
  return `  readonly ${name}${type.endsWith('!') || hasDefault ? '' : '?'}: ${typeText(type)};`;
}

/** @param type as SDL writes it, such as `[String!]!` */
const typeText = (type: string): string =>
  type.endsWith('!') ? solidText(type.slice(0, -1)) : `${solidText(type)} | null`;

function solidText(type: string): string {
  if (!type.startsWith('[')) return scalars[type] ?? type;
  const item = typeText(type.slice(1, -1));
  return item.includes(' ') ? `readonly (${item})[]` : `readonly ${item}[]`;
}
