import { Controller, Get, Header, HttpStatus, Inject, Res } from '@nestjs/common';
import type { HealthRegistry, HealthReport, Registry } from '@consilium/runtime';
import { HEALTH, METRICS } from './tokens.ts';

/** The part of Fastify's reply that is used here. */
interface Reply {
  status(code: number): unknown;
}

/** What operations ask every service. */
@Controller()
export class OperationsController {
  readonly #health: HealthRegistry;
  readonly #metrics: Registry;

  constructor(@Inject(HEALTH) health: HealthRegistry, @Inject(METRICS) metrics: Registry) {
    this.#health = health;
    this.#metrics = metrics;
  }

  @Get('health/live')
  async live(@Res({ passthrough: true }) reply: Reply): Promise<HealthReport> {
    return answer(reply, await this.#health.report('live'));
  }

  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: Reply): Promise<HealthReport> {
    return answer(reply, await this.#health.report('ready'));
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async metrics(): Promise<string> {
    return this.#metrics.metrics();
  }
}

function answer(reply: Reply, report: HealthReport): HealthReport {
  reply.status(report.status === 'ok' ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
  return report;
}
