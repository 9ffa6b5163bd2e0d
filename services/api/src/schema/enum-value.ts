import { type GraphQLSchema, isEnumType } from 'graphql';

/** AWAITING_CONSENSUS in the API is awaitingConsensus in events and in code. */
export const enumValueOf = (name: string): string =>
  name.toLowerCase().replaceAll(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());

/** The way back: awaitingConsensus is AWAITING_CONSENSUS. */
export const enumNameOf = (value: string): string => value.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** For every enum of the schema what each of its names means inside, as graphql-tools takes it. */
export function enumResolversOf(schema: GraphQLSchema): Record<string, Record<string, string>> {
  const enums = Object.values(schema.getTypeMap())
    .filter(isEnumType)
    .filter(({ name }) => !name.startsWith('__'));
  return Object.fromEntries(
    enums.map((type) => [type.name, Object.fromEntries(type.getValues().map(({ name }) => [name, enumValueOf(name)]))]),
  );
}
