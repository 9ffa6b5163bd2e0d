import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

/** What a client reads in `extensions.code` and may act on. */
export const errorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'VIEW_BEHIND',
  'POINT_NOT_REACHED',
  'HISTORY_NOT_READY',
  'STREAM_PARKED',
  'AUDIT_UNAVAILABLE',
  'UNAVAILABLE',
  'TOO_MANY_SUBSCRIPTIONS',
  'OPERATION_NOT_LISTED',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** An expected failure of a query or subscription: its message is meant for the client. */
export const queryError = (code: ErrorCode, message: string, cause?: unknown, status?: number): GraphQLError =>
  new GraphQLError(message, {
    extensions: { code, ...(status === undefined ? {} : { http: { status } }) },
    ...(cause instanceof Error ? { originalError: cause } : {}),
  });

/** 401 by HTTP: clients and proxies then know that a new token is wanted. */
export const unauthenticated = (): GraphQLError =>
  new GraphQLError('A valid bearer token is needed.', {
    extensions: {
      code: 'UNAUTHENTICATED' satisfies ErrorCode,
      http: { status: 401, headers: new HeaderMap([['www-authenticate', 'Bearer']]) },
    },
  });

/** The role alone decides it, before anything is executed. */
export const forbiddenFields = (fields: readonly string[]): GraphQLError =>
  new GraphQLError(`Your role may not read ${fields.join(', ')}.`, {
    extensions: { code: 'FORBIDDEN' satisfies ErrorCode, http: { status: 403 } },
  });

export const subscriptionByHttp = (): GraphQLError =>
  new GraphQLError('A subscription comes over a socket at the same address.', {
    extensions: { code: 'BAD_USER_INPUT' satisfies ErrorCode, http: { status: 400 } },
  });
