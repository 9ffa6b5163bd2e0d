import type { CaseRefusal } from '@consilium/domain';
import type { Failure, ReadyCommand } from '../platform/run-command.ts';
import type { ReadRefusal } from '../platform/refusals.ts';
import { type ReadPorts, type ReadStep, runReadCommand } from '../read/run-read-command.ts';
import type { Invalid, SeatObstacle, SeatRefused } from '../schema/generated/schema-types.ts';

const words: Readonly<Record<SeatObstacle, string>> = {
  notAdjudicating: 'This case is not before adjudicators.',
  readByYou: 'You have read this case, and nobody adjudicates what they have read.',
  noSeat: 'As many adjudicators as the protocol wants are at it, or have answered.',
  roleMayNot: 'The protocol does not let your role adjudicate this case.',
  alreadyVoted: 'You have given your answer.',
  reviewedByYou: 'You have reviewed a read of this case, and nobody adjudicates what they have reviewed.',
};

const obstacles: Partial<Record<CaseRefusal['code'], SeatObstacle>> = {
  NOT_ADJUDICATING: 'notAdjudicating',
  READ_BY_YOU: 'readByYou',
  NO_SEAT: 'noSeat',
  ROLE_MAY_NOT: 'roleMayNot',
  ALREADY_VOTED: 'alreadyVoted',
  REVIEWED_BY_YOU: 'reviewedByYou',
};

function seatRefused({ code }: CaseRefusal): SeatRefused | undefined {
  const why = obstacles[code];
  return why === undefined
    ? undefined
    : { __typename: 'SeatRefused', message: `${words[why]} Nothing was changed.`, why };
}

/** One command about a seat of a case. */
export const runSeatCommand = async <Success>(
  ports: ReadPorts,
  command: ReadyCommand,
  caseId: string,
  step: Omit<ReadStep<Success, SeatRefused | Invalid>, 'refusal'>,
): Promise<Success | SeatRefused | ReadRefusal | Failure> =>
  runReadCommand<Success, SeatRefused | Invalid>(ports, command, caseId, { ...step, refusal: seatRefused });
