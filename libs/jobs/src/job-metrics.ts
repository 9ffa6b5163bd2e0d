import { Counter, Gauge, Histogram, type Registry } from '@consilium/runtime';
import { QueueUnavailable } from './job-errors.ts';
import type { JobQueue } from './job-queue.ts';

export interface JobMetrics {
  readonly jobs: Counter<'queue' | 'outcome'>;
  readonly seconds: Histogram<'queue'>;
}

export function jobMetrics(registry: Registry): JobMetrics {
  return {
    jobs: new Counter({
      name: 'consilium_jobs_total',
      help: 'Runs of jobs by outcome: done, retried, failed (attempts used up), failedForGood',
      labelNames: ['queue', 'outcome'],
      registers: [registry],
    }),
    seconds: new Histogram({
      name: 'consilium_job_seconds',
      help: 'Time of one run of a job',
      labelNames: ['queue'],
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5, 30],
      registers: [registry],
    }),
  };
}

/** How many jobs a queue holds by state, asked of Redis when somebody reads the metrics; absent while Redis is away. */
export function gaugeJobCounts(
  registry: Registry,
  queues: ReadonlyMap<string, Pick<JobQueue<unknown>, 'counts'>>,
): void {
  const gauge = new Gauge({
    name: 'consilium_queue_jobs',
    help: 'Jobs in a queue by state',
    labelNames: ['queue', 'state'],
    registers: [registry],
    async collect() {
      try {
        for (const [queue, jobs] of queues) {
          for (const [state, count] of Object.entries(await jobs.counts())) gauge.set({ queue, state }, Number(count));
        }
      } catch (error) {
        if (!(error instanceof QueueUnavailable)) throw error;
        gauge.reset();
      }
    },
  });
}
