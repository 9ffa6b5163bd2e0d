import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLType,
  type GraphQLInterfaceType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
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
    const fields = Object.values(type.getFields()).map(inputLine);
    return `export interface ${type.name} {\n${fields.join('\n')}\n}\n`;
  }
  if (isObjectType(type) && isRoot(type.name)) return argumentsOf(type.name, type.getFields());
  return isObjectType(type) || isInterfaceType(type) ? objectOf(type, isUnionMember) : '';
}

const isRoot = (name: string): boolean => ['Query', 'Mutation', 'Subscription'].includes(name);

type Fields = Readonly<Record<string, { readonly args: readonly GraphQLArgument[] }>>;

/** Root fields have resolvers of their own; only what is given to them has a type here. */
const argumentsOf = (root: string, fields: Fields): string =>
  Object.entries(fields)
    .filter(([, { args }]) => args.length > 0)
    .map(([name, { args }]) => {
      const title = `${root}${name.charAt(0).toUpperCase()}${name.slice(1)}Arguments`;
      return `export interface ${title} {\n${args.map(inputLine).join('\n')}\n}\n`;
    })
    .join('\n');

/** A member of a union says which one it is. */
function objectOf(type: GraphQLObjectType | GraphQLInterfaceType, isUnionMember: boolean): string {
  const fields = Object.values(type.getFields()).map((field) => `  readonly ${field.name}: ${typeText(field.type)};`);
  const lines = isUnionMember ? [`  readonly __typename: '${type.name}';`, ...fields] : fields;
  return `export interface ${type.name} {\n${lines.join('\n')}\n}\n`;
}

/** With a default value a field is never absent, though an explicit null is still refused by its type. */
function inputLine(field: GraphQLArgument | GraphQLInputField): string {
  const given = isNonNullType(field.type) || field.defaultValue !== undefined;
  return `  readonly ${field.name}${given ? '' : '?'}: ${typeText(field.type)};`;
}

function typeText(type: GraphQLType): string {
  return isNonNullType(type) ? solidText(type.ofType) : `${solidText(type)} | null`;
}

function solidText(type: GraphQLType): string {
  if (isNonNullType(type)) return solidText(type.ofType);
  if (isListType(type)) {
    const item = typeText(type.ofType);
    return item.includes(' ') ? `readonly (${item})[]` : `readonly ${item}[]`;
  }
  return scalars[type.name] ?? type.name;
}
