import { isUuid, streamIdOf } from '@consilium/domain';
import type { CaseId, ClaimId } from '@consilium/domain';
import type { Viewer } from '../access/viewer.ts';
import { notFound, staleLease } from '../platform/refusals.ts';
import { loadedCase, streamOf } from '../platform/stream-state.ts';
import type { RenewLeaseInput, RenewLeaseResult } from '../schema/generated/schema-types.ts';
import type { ReadPorts } from './run-read-command.ts';

/** Moves the end of a live lease. Not an event and not kept as a command: renewing twice is renewing once. */
export async function renewLease(ports: ReadPorts, viewer: Viewer, input: RenewLeaseInput): Promise<RenewLeaseResult> {
  const { caseId, leaseToken } = input;
  if (!isUuid(caseId)) return notFound('case');
  const { organisation, personId } = viewer;
  const streamId = streamIdOf('case', caseId);
  const known = loadedCase(streamOf(await ports.store.load({ organisation, streams: [streamId] }), streamId));
  if (known === undefined || known.state.status === 'unknown') return notFound('case');
  if (!isUuid(leaseToken)) return staleLease();
  const { projectId } = known.content;
  const protocol = await ports.facts.protocol(organisation, projectId, known.state.protocolVersion);
  if (protocol === undefined) throw new Error(`${streamId} names a protocol version that its project has not`);
  const leaseEndsAt = await ports.store.renewLease({
    organisation,
    caseId: caseId as CaseId,
    annotatorId: ports.identities.annotator(projectId, personId),
    claimId: leaseToken as ClaimId,
    leaseMs: protocol.leaseMs,
  });
  return leaseEndsAt === undefined ? staleLease() : { __typename: 'LeaseRenewed', leaseEndsAt };
}
