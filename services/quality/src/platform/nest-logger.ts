import { describeError } from '@consilium/runtime';
import type { Logger } from '@consilium/runtime';
import type { LoggerService } from '@nestjs/common';

/** Nest's own lines in ours. What it logs in order is of use to developers only. */
export class NestLogger implements LoggerService {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  log(message: unknown): void {
    this.#logger.debug(textOf(message));
  }

  warn(message: unknown): void {
    this.#logger.warn(textOf(message));
  }

  error(message: unknown): void {
    this.#logger.error({ error: describeError(message) }, 'Nest reports an error');
  }

  fatal(message: unknown): void {
    this.error(message);
  }
}

const textOf = (message: unknown): string => (typeof message === 'string' ? message : 'a message of Nest');
