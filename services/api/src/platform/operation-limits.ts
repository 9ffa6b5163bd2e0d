import { ApolloArmor } from '@escape.tech/graphql-armor';
import type { ValidationRule } from 'graphql';

/** What one document may ask for, by HTTP and by socket alike. */
export const operationLimits = {
  /** Levels of fields. The deepest page of the console has 9. */
  depth: 12,
  /** Fields weighted by their depth, as graphql-armor counts. All there is about one case costs 7,700. */
  cost: 15_000,
  aliases: 15,
  directives: 20,
  /** Before it is parsed further. */
  tokens: 2_000,
} as const;

/** Introspection is not counted: it is refused as a whole where it is not allowed. */
export const limitRules: readonly ValidationRule[] = new ApolloArmor({
  maxDepth: { n: operationLimits.depth },
  costLimit: { maxCost: operationLimits.cost },
  maxAliases: { n: operationLimits.aliases },
  maxDirectives: { n: operationLimits.directives },
  maxTokens: { enabled: false },
  blockFieldSuggestion: { enabled: false },
}).protect().validationRules;
