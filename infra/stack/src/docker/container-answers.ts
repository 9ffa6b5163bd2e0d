import { kafkaAnswers } from '../embedded/kafka-answers.ts';
import { redisAnswers } from '../embedded/redis-answers.ts';
import type { ServerName } from '../running-stack.ts';
import { postgresAnswers } from './postgres-answers.ts';

/** Whether the server behind a published port serves clients, not merely Docker's proxy. */
export function answers(server: ServerName, host: string, port: number): Promise<boolean> {
  switch (server) {
    case 'postgres':
      return postgresAnswers(host, port);
    case 'kafka':
      return kafkaAnswers(host, port);
    case 'redis':
      return redisAnswers(host, port);
    default:
      return server satisfies never;
  }
}
