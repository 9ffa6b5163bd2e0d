import { consensusJobOf, scoringJobOf } from '@consilium/contracts';
import { findUnansweredReadsCompleted, findUnscored } from '@consilium/event-store';
import { consensusQueue, maxJobsPerCall, RedisJobQueue, scoringQueue } from '@consilium/jobs';
import type { JobRequest, QueueDefinition, Restored } from '@consilium/jobs';
import { createLogger } from '@consilium/runtime';
import { CommandFailed, exitCodes } from '../command-failed.ts';
import type { Command } from '../command/command.ts';
import { demand, findServers } from '../command/find-servers.ts';
import { Progress } from '../command/progress.ts';
import { flagOption, readOptions, textOption } from '../command/read-options.ts';
import { openDatabase } from '../history/open-history.ts';

const mostAtOnce = 10_000;
const youngestSeconds = 15;

type Counts = Readonly<Record<Restored, number>>;

export const jobsCommand: Command = {
  name: 'jobs',
  summary: 'recreates from the journal the jobs that Redis has lost',
  usage: `consilium jobs reconcile [--older-than SECONDS] [--dry-run] [--json]

Redis is never a source of truth. This finds in the journal every case whose reads are complete and that has no consensus yet,
and every answer whose truth is known and that was not scored, and puts its job on the queue where it is not there; one that has
used up its attempts runs again. The quality service does the same by itself every 30 s: this is for when somebody wants to see it
done, or Redis was replaced. At most 10,000 of each kind in one run.

  --older-than SECONDS  leaves alone what became due less than this ago and is on its way (default 15)
  --dry-run             counts what is due and changes nothing

Exit codes: 0 done; 1 not reached; 2 wrong command line.
`,
  run: async (args, { config, stdout, stderr }) => {
    const options = readOptions(
      args,
      { 'older-than': { type: 'string' }, 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } },
      1,
    );
    if (options.words[0] !== 'reconcile')
      throw new CommandFailed('usage', 'consilium jobs reconcile is the only form.');
    const servers = await findServers(config);
    // With the rights of the service whose work this does.
    const database = openDatabase(servers, 'consilium_quality');
    try {
      const olderThanMs = secondsOf(textOption(options, 'older-than')) * 1_000;
      const asked = { limit: mostAtOnce, olderThanMs };
      const cases = await findUnansweredReadsCompleted(database, asked);
      const answers = await findUnscored(database, asked);
      const due = cases.length + answers.length;
      let counts: Counts | undefined;
      if (!flagOption(options, 'dry-run')) {
        const redis = { url: demand(servers.redisUrl, 'REDIS_URL'), prefix: servers.topicPrefix };
        const progress = new Progress(stderr);
        progress.begin('jobs');
        const [consensus, scores] = [cases.map(consensusJobOf), answers.map(scoringJobOf)];
        const first = await restore(consensusQueue, consensus, redis, (done) => progress.at(done, due));
        const rest = await restore(scoringQueue, scores, redis, (done) => progress.at(consensus.length + done, due));
        progress.end();
        counts = sumOf(first, rest);
      }
      const mayBeMore = cases.length === mostAtOnce || answers.length === mostAtOnce;
      stdout.write(
        flagOption(options, 'json')
          ? `${JSON.stringify({ due, restored: counts ?? null, mayBeMore }, null, 2)}\n`
          : inWords(due, counts),
      );
      return exitCodes.done;
    } finally {
      await database.close();
    }
  },
};

function secondsOf(text: string | undefined): number {
  if (text === undefined) return youngestSeconds;
  if (!/^[0-9]{1,7}$/.test(text)) throw new CommandFailed('usage', `--older-than: "${text}" is no number of seconds.`);
  return Number(text);
}

/** @throws QueueUnavailable: what was restored stays, the rest comes with the next run */
async function restore<Payload>(
  definition: QueueDefinition<Payload>,
  jobs: readonly JobRequest<Payload>[],
  redis: { readonly url: string; readonly prefix: string },
  onRestored: (done: number) => void,
): Promise<Counts> {
  const logger = createLogger({ service: 'auditor', level: 'silent' });
  const queue = new RedisJobQueue(definition, { ...redis, connectionName: 'consilium-auditor', logger });
  const counts: Record<Restored, number> = { ...none };
  try {
    for (let from = 0; from < jobs.length; from += maxJobsPerCall) {
      for (const found of await queue.restore(jobs.slice(from, from + maxJobsPerCall))) counts[found] += 1;
      onRestored(Math.min(from + maxJobsPerCall, jobs.length));
    }
    return counts;
  } finally {
    await queue.close();
  }
}

const none: Counts = { added: 0, present: 0, again: 0, failedForGood: 0 };

const sumOf = (one: Counts, other: Counts): Counts => ({
  added: one.added + other.added,
  present: one.present + other.present,
  again: one.again + other.again,
  failedForGood: one.failedForGood + other.failedForGood,
});

function inWords(due: number, counts: Counts | undefined): string {
  const found = `${String(due)} ${due === 1 ? 'job is' : 'jobs are'} due`;
  if (counts === undefined) return `${found}; nothing was changed.\n`;
  const { added, present, again, failedForGood } = counts;
  return `${found}: ${String(added)} jobs were added, ${String(again)} run again, ${String(present)} were there, ${String(failedForGood)} can never succeed.\n`;
}
