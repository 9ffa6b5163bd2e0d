import {
  type ASTNode,
  buildSchema,
  type DirectiveNode,
  findBreakingChanges,
  findDangerousChanges,
  GraphQLSchema,
  parse,
  print,
  visit,
} from 'graphql';

/** What a client of the released schema would notice; each in one sentence, in order. */
export interface SchemaChanges {
  /** An operation that was valid is not, or answers in another way. */
  readonly breaking: readonly string[];
  /** An operation that was valid still is, but may meet what it does not know. */
  readonly dangerous: readonly string[];
}

/**
 * What has changed since a release. What was deprecated in it has been announced, so it may go, and with it the types that
 * nothing else led to.
 * @param released SDL
 */
export function changesSince(released: string, current: GraphQLSchema): SchemaChanges {
  return {
    breaking: sentences(findBreakingChanges(withoutDeprecated(released), current)),
    dangerous: sentences(findDangerousChanges(buildSchema(released), current)),
  };
}

const sentences = (changes: readonly { readonly description: string }[]): readonly string[] =>
  changes.map(({ description }) => description).sort();

function withoutDeprecated(sdl: string): GraphQLSchema {
  const dropped = (node: ASTNode & { readonly directives?: readonly DirectiveNode[] }): null | undefined =>
    node.directives?.some(({ name }) => name.value === 'deprecated') === true ? null : undefined;
  const kept = visit(parse(sdl), {
    FieldDefinition: dropped,
    InputValueDefinition: dropped,
    EnumValueDefinition: dropped,
  });
  const { query, mutation, subscription, directives } = buildSchema(print(kept)).toConfig();
  // Made anew from its roots, a schema has only the types that they lead to.
  return new GraphQLSchema({ query, mutation, subscription, directives });
}

/** The page that is committed beside the schema, for whoever reviews a change of it. */
export function changesPage({ breaking, dangerous }: SchemaChanges): string {
  return `# Changes of the schema since it was last released

Made by \`npm run generate -w services/api\` from schema.graphql and released.graphql; a test compares, and fails at the first list
that is not empty. API.md says what may change and how.

## Breaking

${listOf(breaking)}
## Dangerous: valid operations may meet what they do not know

${listOf(dangerous)}`;
}

const listOf = (items: readonly string[]): string =>
  items.length === 0 ? 'None.\n' : items.map((item) => `- ${item}\n`).join('');
