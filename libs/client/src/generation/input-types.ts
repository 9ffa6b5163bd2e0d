import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  typeFromAST,
} from 'graphql';
import type {
  GraphQLInputObjectType,
  GraphQLInputType,
  GraphQLSchema,
  OperationDefinitionNode,
  VariableDefinitionNode,
} from 'graphql';
import { scalarText } from './scalar-text.ts';

/** The input objects that the variables of these operations reach, by name. */
export function reachedInputObjects(
  schema: GraphQLSchema,
  operations: readonly OperationDefinitionNode[],
): readonly GraphQLInputObjectType[] {
  const found = new Map<string, GraphQLInputObjectType>();
  const reach = (type: GraphQLInputType): void => {
    const named = getNamedType(type);
    if (!isInputObjectType(named) || found.has(named.name)) return;
    found.set(named.name, named);
    for (const field of Object.values(named.getFields())) reach(field.type);
  };
  for (const definition of operations.flatMap(({ variableDefinitions }) => variableDefinitions ?? [])) {
    reach(inputTypeOf(schema, definition));
  }
  return [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

export function inputObjectText(type: GraphQLInputObjectType): string {
  const fields = Object.values(type.getFields()).map((field) => {
    const optional = isRequiredInputField(field) ? '' : '?';
    return `  readonly ${field.name}${optional}: ${inputTypeText(field.type)};\n`;
  });
  return `export type ${type.name} = {\n${fields.join('')}};\n`;
}

export function variableInputType(schema: GraphQLSchema, definition: VariableDefinitionNode): string {
  return inputTypeText(inputTypeOf(schema, definition));
}

function inputTypeOf(schema: GraphQLSchema, { type: node, variable }: VariableDefinitionNode): GraphQLInputType {
  const type = typeFromAST(schema, node);
  if (!isInputType(type)) throw new TypeError(`$${variable.name.value} is of no input type`);
  return type;
}

function inputTypeText(type: GraphQLInputType): string {
  if (isNonNullType(type)) return presentText(type.ofType);
  return `${presentText(type)} | null`;
}

function presentText(type: GraphQLInputType): string {
  if (isListType(type)) {
    const item = inputTypeText(type.ofType);
    return `readonly ${item.includes(' ') ? `(${item})` : item}[]`;
  }
  const named = getNamedType(type);
  return isEnumType(named) || isInputObjectType(named) ? named.name : scalarText(named.name);
}
