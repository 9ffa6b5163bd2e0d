import { unwrapResolverError } from '@apollo/server/errors';
import { StoreUnavailable } from '@consilium/event-store';
import { isTransient } from '@consilium/postgres';
import type { Logger } from '@consilium/runtime';
import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';

/** Apollo's code for whatever has none of its own. */
const unexpected = 'INTERNAL_SERVER_ERROR';

/**
 * What a client is told of a failure. An expected one says what it is; anything else is a fault of ours, which is logged and
 * answered without a word of where it happened.
 */
export function formatError(logger: Logger, formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = unwrapResolverError(error);
  const { path } = formatted;
  const at = path === undefined ? {} : { path };
  if (isAway(cause)) {
    logger.warn({ error: cause }, 'the database is away');
    const message = 'The database is away for a moment. If you sent a command, send the same one again.';
    return { message, ...at, extensions: { code: 'UNAVAILABLE' } };
  }
  const code = formatted.extensions?.['code'];
  if (typeof code !== 'string' || code === unexpected) {
    logger.error({ error: cause }, 'a request failed for a reason nobody expected');
    return { message: 'Something went wrong here.', ...at, extensions: { code: unexpected } };
  }
  return { ...formatted, extensions: { code } };
}

const isAway = (cause: unknown): boolean => cause instanceof StoreUnavailable || isTransient(cause);

/** The same for the socket, where no Apollo formats first. */
export function formatSocketError(logger: Logger, error: GraphQLError): GraphQLFormattedError {
  const formatted = error.toJSON();
  const isOwn = error.originalError === undefined || error.originalError instanceof GraphQLError;
  const code = formatted.extensions?.['code'] ?? (isOwn ? 'GRAPHQL_VALIDATION_FAILED' : undefined);
  const message = formatted.message.replace(/ Did you mean .*$/, '');
  return formatError(logger, { ...formatted, message, extensions: { ...formatted.extensions, code } }, error);
}
