import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { DocumentNode, ExecutionArgs, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { getOperationAST } from 'graphql';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import type { Context, Server, SubscribePayload } from 'graphql-ws';
import type { Logger } from '@consilium/runtime';
import { type WebSocket, WebSocketServer } from 'ws';
import type { FieldPolicy } from '../access/field-policy.ts';
import { type TokenVerifier, TokenRefused } from '../access/token-verifier.ts';
import type { Viewer } from '../access/viewer.ts';
import { formatSocketError } from '../platform/format-error.ts';
import { graphqlPath } from '../platform/graphql-door.ts';
import type { ListedOperations } from '../platform/listed-operations.ts';
import { limitRules, operationLimits } from '../platform/operation-limits.ts';
import { queryError } from '../platform/query-errors.ts';
import { refuseForbidden } from '../platform/request-plugin.ts';
import type { ResolverContext } from '../platform/request-scope.ts';
import { isGiven } from '../schema/is-given.ts';

export interface SubscriptionServerOptions {
  readonly schema: GraphQLSchema;
  readonly policy: FieldPolicy;
  readonly verifier: TokenVerifier;
  readonly contextOf: (viewer: Viewer) => ResolverContext;
  readonly operations: ListedOperations;
  readonly allowIntrospection: boolean;
  readonly logger: Logger;
}

export const socketLimits = {
  payloadBytes: 65_536,
  connections: 2_000,
  connectionsPerPerson: 20,
  subscriptionsPerConnection: 50,
  initTimeoutMs: 5_000,
  keepAliveMs: 15_000,
  documentsCached: 500,
} as const;

/** Not that of a refused token: a client that gets it need not sign in again. */
const tooManyConnections = 4_429;
const longestTimerMs = 2_147_483_647;

/** What is known of one connection. */
interface Extra {
  readonly socket: WebSocket;
  viewer: Viewer | undefined;
}

type Connection = Context<Record<string, unknown>, Extra>;

/**
 * Subscriptions over graphql-transport-ws, and nothing else: queries and commands go by HTTP. Documents are held against the
 * same rules and the same policy as there. A connection lives no longer than the token it was opened with.
 */
export class SubscriptionServer {
  readonly #options: SubscriptionServerOptions;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: socketLimits.payloadBytes, handleProtocols });
  readonly #protocol: Server<Extra>;
  readonly #ofPerson = new Map<string, number>();
  readonly #documents = new Map<string, DocumentNode>();

  constructor(options: SubscriptionServerOptions) {
    this.#options = options;
    this.#protocol = makeServer<Record<string, unknown>, Extra>({
      connectionInitWaitTimeout: socketLimits.initTimeoutMs,
      onConnect: async (connection) => this.#admit(connection),
      onSubscribe: (connection, _id, payload) => this.#prepare(connection, payload),
      onError: (_connection, _id, _payload, errors) =>
        errors.map((error) => formatSocketError(this.#options.logger, error)),
      onNext: (_connection, _id, _payload, _args, { errors, data }) =>
        errors === undefined
          ? undefined
          : { data: data ?? null, errors: errors.map((error) => formatSocketError(this.#options.logger, error)) },
    });
    this.#sockets.on('connection', (socket: WebSocket) => this.#opened(socket));
  }

  get connectionCount(): number {
    return this.#sockets.clients.size;
  }

  attach(server: HttpServer): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const refusal = pathname === graphqlPath ? this.#refusal(request) : '404 Not Found';
      if (refusal !== undefined) {
        socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\n\r\n`);
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, (opened) => this.#sockets.emit('connection', opened, request));
    });
  }

  /** Browsers say where a page comes from: only our own pages may open a socket. Other clients send no origin. */
  #refusal({ headers }: IncomingMessage): string | undefined {
    if (this.connectionCount >= socketLimits.connections) return '503 Service Unavailable';
    const { origin, host } = headers;
    const isOwn = origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
    return isOwn ? undefined : '403 Forbidden';
  }

  /** Tells every client that we go away. */
  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.close(1001, 'Going away');
    await new Promise<void>((resolve) => {
      this.#sockets.close(() => resolve());
    });
  }

  #opened(socket: WebSocket): void {
    const extra: Extra = { socket, viewer: undefined };
    const closed = this.#protocol.opened(
      {
        protocol: socket.protocol,
        // Resolves when the frame has left: a slow client holds back its own frames and no one else's.
        send: async (data) =>
          new Promise<void>((resolve, reject) => {
            if (socket.readyState !== socket.OPEN) {
              resolve();
              return;
            }
            socket.send(data, (error) => {
              if (isGiven(error)) reject(error);
              else resolve();
            });
          }),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) => {
          socket.on('message', (data: Buffer) => {
            handle(data.toString('utf8')).catch((error: unknown) => {
              this.#options.logger.warn({ error }, 'a socket message failed');
              socket.close(CloseCode.InternalServerError, 'Internal server error');
            });
          });
        },
      },
      extra,
    );
    const stopPings = keepAlive(socket);
    socket.on('error', (error) => {
      this.#options.logger.debug({ error }, 'a socket failed');
    });
    socket.once('close', (code: number, reason: Buffer) => {
      stopPings();
      this.#release(extra);
      closed(code, reason.toString('utf8')).catch((error: unknown) => {
        this.#options.logger.warn({ error }, 'a socket did not end cleanly');
      });
    });
  }

  async #admit({ connectionParams, extra }: Connection): Promise<boolean> {
    const { socket } = extra;
    let viewer: Viewer;
    try {
      viewer = await this.#options.verifier.verify(connectionParams?.['authorization']);
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      socket.close(CloseCode.Unauthorized, 'Unauthorized');
      return false;
    }
    const open = this.#ofPerson.get(viewer.personId) ?? 0;
    if (open >= socketLimits.connectionsPerPerson) {
      socket.close(tooManyConnections, 'Too many connections');
      return false;
    }
    if (socket.readyState !== socket.OPEN) return false;
    this.#ofPerson.set(viewer.personId, open + 1);
    extra.viewer = viewer;
    closeAt(socket, viewer.tokenEndsAtMs);
    return true;
  }

  #release({ viewer }: Extra): void {
    if (viewer === undefined) return;
    const open = (this.#ofPerson.get(viewer.personId) ?? 1) - 1;
    if (open > 0) this.#ofPerson.set(viewer.personId, open);
    else this.#ofPerson.delete(viewer.personId);
  }

  #prepare(
    { extra: { viewer }, subscriptions }: Connection,
    { operationName, variables, ...asked }: SubscribePayload,
  ): ExecutionArgs | readonly GraphQLError[] {
    if (viewer === undefined) return [queryError('UNAUTHENTICATED', 'A valid bearer token is needed.')];
    try {
      if (Object.keys(subscriptions).length > socketLimits.subscriptionsPerConnection) {
        throw queryError('TOO_MANY_SUBSCRIPTIONS', 'This connection has as many subscriptions as it may.');
      }
      const { schema, policy, contextOf } = this.#options;
      const found = this.#options.operations.find(asked);
      if (found?.kind === 'refused') return [found.error];
      const checked = this.#check(found?.text ?? '');
      if (!('kind' in checked)) return checked;
      const operation = subscriptionOf(checked, operationName);
      const contextValue = contextOf(viewer);
      refuseForbidden(policy, contextValue, checked, operation);
      return {
        schema,
        document: checked,
        contextValue,
        ...(!isGiven(operationName) ? {} : { operationName }),
        ...(!isGiven(variables) ? {} : { variableValues: variables }),
      };
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
  }

  /** Parsed and validated once a text; the oldest makes room. */
  #check(query: string): DocumentNode | readonly GraphQLError[] {
    const known = this.#documents.get(query);
    if (known !== undefined) return known;
    const document = parse(query, { maxLexicalTokens: operationLimits.tokens });
    const rules = [
      ...specifiedRules,
      ...limitRules,
      ...(this.#options.allowIntrospection ? [] : [NoSchemaIntrospectionCustomRule]),
    ];
    const errors = validate(this.#options.schema, document, rules, { maxErrors: 10 });
    if (errors.length > 0) return errors;
    const [oldest] = this.#documents.keys();
    if (oldest !== undefined && this.#documents.size >= socketLimits.documentsCached) this.#documents.delete(oldest);
    this.#documents.set(query, document);
    return document;
  }
}

function subscriptionOf(document: DocumentNode, name: string | null | undefined): OperationDefinitionNode {
  const operation = getOperationAST(document, name);
  if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
    throw queryError('BAD_USER_INPUT', 'Only a subscription comes over a socket; send everything else by HTTP.');
  }
  return operation;
}

/** Closes a socket whose other end is gone: it answers no ping. */
function keepAlive(socket: WebSocket): () => void {
  let answered = true;
  const timer = setInterval(() => {
    if (!answered) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping();
  }, socketLimits.keepAliveMs);
  socket.on('pong', () => {
    answered = true;
  });
  return () => clearInterval(timer);
}

function closeAt(socket: WebSocket, instantMs: number): void {
  const leftMs = instantMs - Date.now();
  const timer = setTimeout(
    () => {
      if (leftMs > longestTimerMs) closeAt(socket, instantMs);
      else socket.close(CloseCode.Unauthorized, 'Unauthorized');
    },
    Math.max(0, Math.min(leftMs, longestTimerMs)),
  );
  socket.once('close', () => clearTimeout(timer));
}
