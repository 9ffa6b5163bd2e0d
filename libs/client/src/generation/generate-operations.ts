/**
 * Makes TypeScript of GraphQL documents and the schema they are for: one constant an operation, and the exact types of
 * what is asked for. Where a type is abstract a document asks for `__typename`, so that TypeScript tells its members apart.
 */
import { GraphQLError, Kind, buildASTSchema, concatAST, isEnumType, isObjectType, parse, validate } from 'graphql';
import type { FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { inputObjectText, reachedInputObjects, variableInputType } from './input-types.ts';
import { operationTexts } from './operation-texts.ts';
import { SelectionTypes } from './selection-types.ts';

/** The documents ask for something that the schema does not have, or in another way. */
export class DocumentsInvalid extends Error {
  override readonly name = 'DocumentsInvalid';
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super(errors.map(String).join('\n'));
    this.errors = errors;
  }
}

const header = `// Made from src/operations and the schema of the api by \`npm run generate\`; a spec compares.
import type { Operation } from './operation.ts';
`;

/** @throws DocumentsInvalid; GraphQLError for a syntax error. */
export function generateOperations(sdl: readonly string[], documents: readonly string[]): string {
  const schema = buildASTSchema(concatAST(sdl.map((text) => parse(text))));
  const document = concatAST(documents.map((text) => parse(text, { noLocation: true })));
  const errors = validate(schema, document);
  if (errors.length > 0) throw new DocumentsInvalid(errors);

  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const types = new SelectionTypes(schema, fragments);
  const texts = operationTexts(documents);
  const parts = [
    ...reachedInputObjects(schema, operations).map(inputObjectText),
    ...fragments.flatMap((fragment) => fragmentPart(schema, types, fragment)),
    ...operations.flatMap((operation) => operationParts(schema, types, operation, texts)),
  ];
  return [header, ...enumParts(schema, parts.join('')), ...parts].join('\n').replaceAll(/ +$/gm, '');
}

/** Those that the other parts name. */
function enumParts(schema: GraphQLSchema, text: string): readonly string[] {
  const enums = Object.values(schema.getTypeMap()).filter(isEnumType);
  return enums
    .filter(({ name }) => new RegExp(`\\b${name}\\b`).test(text))
    .map((type) => {
      const values = type.getValues().map(({ name }) => `'${name}'`);
      return `export type ${type.name} = ${values.join(' | ')};\n`;
    });
}

/** Fragments on abstract types have no type of their own: each member carries its part. */
function fragmentPart(
  schema: GraphQLSchema,
  types: SelectionTypes,
  fragment: FragmentDefinitionNode,
): readonly string[] {
  const type = schema.getType(fragment.typeCondition.name.value);
  if (!isObjectType(type)) return [];
  return [`export type ${fragment.name.value} = ${types.objectText(type, [fragment.selectionSet], '')};\n`];
}

function operationParts(
  schema: GraphQLSchema,
  types: SelectionTypes,
  operation: OperationDefinitionNode,
  texts: ReadonlyMap<string, string>,
): readonly string[] {
  const name = operation.name?.value;
  const root = schema.getRootType(operation.operation);
  if (name === undefined || root === undefined || root === null)
    throw new GraphQLError('Every operation has a name and a root type');
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const variables = (operation.variableDefinitions ?? []).map((definition) => {
    const type = variableInputType(schema, definition);
    const optional = type.endsWith(' | null') || definition.defaultValue !== undefined;
    return `  readonly ${definition.variable.name.value}${optional ? '?' : ''}: ${type};\n`;
  });
  const variablesText = variables.length === 0 ? 'Readonly<Record<string, never>>' : `{\n${variables.join('')}}`;
  const own = texts.get(name);
  if (own === undefined) throw new GraphQLError(`Operation ${name} is not there once`);
  const text = own.replaceAll('`', '\\`').replaceAll('$', '\\$');
  return [
    `export type ${title}Variables = ${variablesText};\n`,
    `export type ${title}Data = ${types.objectText(root, [operation.selectionSet], '')};\n`,
    `export const ${name}: Operation<${title}Variables, ${title}Data> = {\n` +
      `  name: '${name}',\n  kind: '${operation.operation}',\n  document: \`${text}\`,\n};\n`,
  ];
}
