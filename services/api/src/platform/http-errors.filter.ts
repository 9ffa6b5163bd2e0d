import { STATUS_CODES } from 'node:http';
import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Logger } from '@consilium/runtime';
import { answerTypeFor } from './answer-type.ts';
import { RequestRefused } from './request-refused.ts';

/** The parts of Fastify's request and reply that are used here. */
interface Request {
  readonly headers: { readonly accept?: string };
}
interface Reply {
  code(status: number): Reply;
  headers(fields: Readonly<Record<string, string>>): Reply;
  type(contentType: string): Reply;
  send(body: string): unknown;
}

const codes: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  406: 'NOT_ACCEPTABLE',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};

/** What went wrong before GraphQL saw the request, in the form of its errors; of faults, never more than their kind. */
@Catch()
export class HttpErrorsFilter implements ExceptionFilter {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  catch(error: unknown, host: ArgumentsHost): unknown {
    // Resolvers' errors are formatted by Apollo.
    if (host.getType<string>() === 'graphql') return error;
    const status = statusOf(error);
    if (status >= 500) this.#logger.error({ error }, 'an HTTP request failed for a reason nobody expected');
    const [message, remedy] =
      error instanceof RequestRefused ? [error.message, error.remedy] : [STATUS_CODES[status] ?? 'Error', {}];
    const code = codes[status] ?? (status >= 500 ? 'INTERNAL_SERVER_ERROR' : 'BAD_REQUEST');
    const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
    const http = host.switchToHttp();
    const type = answerTypeFor(http.getRequest<Request>().headers.accept) ?? 'application/json; charset=utf-8';
    return http.getResponse<Reply>().code(status).headers(remedy).type(type).send(body);
  }
}

/** Nest's exceptions say it by a method, Fastify's and ours by a property. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error !== 'object' || error === null) return 500;
  return 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
}
