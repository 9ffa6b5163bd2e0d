import { isProjectEvent } from '@consilium/contracts';
import { caseStatuses, idWithinStream, streamIdOf } from '@consilium/domain';
import type { OrganisationId, StreamId } from '@consilium/domain';
import { CommandFailed } from '../command-failed.ts';
import type { HistorySource } from '../history/history-source.ts';
import { differences } from './differences.ts';
import type { Difference } from './differences.ts';
import { evolvePicture, statusAfter } from './picture.ts';
import type { CasePicture, Picture } from './picture.ts';
import { decode } from './read-stream.ts';

export interface ProjectDiff {
  readonly organisation: OrganisationId;
  readonly protocol: readonly Difference[];
  readonly statuses: readonly { readonly status: string; readonly from: number; readonly to: number }[];
  /** The first 1,000 of those that changed, in the order of their first change. */
  readonly cases: readonly CaseChange[];
  readonly changedCases: number;
}

interface CaseChange {
  readonly caseId: string;
  readonly from: string | null;
  readonly to: string | null;
  /** Between the two points. */
  readonly events: number;
}

const mostNamed = 1_000;

/** Kept of each case of the project while the log is read: about 200 bytes. */
interface CaseSoFar {
  status: CasePicture['status'];
  statusBefore: CasePicture['status'] | null;
  eventsBetween: number;
}

/** Reads the log once, up to the second point. @throws CommandFailed where there is no such project; UnreadableHistory */
export async function diffProject(
  source: HistorySource,
  projectId: string,
  { from, to }: { readonly from: number; readonly to: number },
  onProgress: (events: number) => void,
): Promise<ProjectDiff> {
  const cases = new Map<string, CaseSoFar>();
  let organisation: OrganisationId | undefined;
  let [before, after]: [Picture | undefined, Picture | undefined] = [undefined, undefined];
  for await (const batch of source.events({ to }, () => undefined)) {
    for (const found of batch) {
      const { envelope, event } = decode(found);
      const isBefore = found.globalSeq <= from;
      if (envelope.streamId === streamIdOf('project', projectId) && isProjectEvent(event)) {
        ({ organisation } = envelope);
        after = evolvePicture(after, event);
        if (isBefore) before = after;
      } else if (event.type === 'caseImported' && event.projectId === projectId) {
        cases.set(envelope.streamId, {
          status: 'reading',
          statusBefore: isBefore ? 'reading' : null,
          eventsBetween: isBefore ? 0 : 1,
        });
      } else {
        const known = cases.get(envelope.streamId);
        if (known === undefined) continue;
        known.status = statusAfter(known.status, event.type);
        if (isBefore) known.statusBefore = known.status;
        else known.eventsBetween += 1;
      }
    }
    onProgress(batch.at(-1)?.globalSeq ?? 0);
  }
  if (organisation === undefined || after === undefined) {
    throw new CommandFailed('notFound', `There was no project ${projectId} at ${String(to)}.`);
  }
  const changed = [...cases].filter(([, { eventsBetween }]) => eventsBetween > 0);
  return {
    organisation,
    protocol: differences(before ?? {}, after),
    statuses: caseStatuses.map((status) => ({
      status,
      from: [...cases.values()].filter(({ statusBefore }) => statusBefore === status).length,
      to: [...cases.values()].filter((one) => one.status === status).length,
    })),
    cases: changed.slice(0, mostNamed).map(([streamId, { status, statusBefore, eventsBetween }]) => ({
      caseId: idWithinStream(streamId as StreamId),
      from: statusBefore,
      to: status,
      events: eventsBetween,
    })),
    changedCases: changed.length,
  };
}
