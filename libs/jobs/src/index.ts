export type { QueueDefinition, Retention } from './queue-definition.ts';
export { consensusQueue, scoringQueue } from './queues.ts';
export type { JobCounts, JobQueue, JobRequest, Restored } from './job-queue.ts';
export { maxJobsPerCall, RedisJobQueue } from './redis-job-queue.ts';
export type { BoundHandler, JobHandler } from './job-handler.ts';
export { JobWorkers, type JobWorkersOptions, toBoundHandler } from './job-workers.ts';
export { gaugeJobCounts, type JobMetrics, jobMetrics } from './job-metrics.ts';
export { InvalidJob, JobWiringError, PermanentJobFailure, QueueUnavailable, RedisUnfit } from './job-errors.ts';
export type { RedisTarget } from './redis-connection.ts';
