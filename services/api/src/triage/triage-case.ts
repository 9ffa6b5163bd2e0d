import type { Viewer } from '../access/viewer.ts';
import { finish } from '../adjudication/finish-case.ts';
import { noteOf } from '../platform/note-input.ts';
import type { ReadPorts } from '../read/run-read-command.ts';
import type { ExcludeCaseInput, FinishCaseInput, FinishCaseResult } from '../schema/generated/schema-types.ts';

export const excludeCase = async (
  ports: ReadPorts,
  viewer: Viewer,
  input: ExcludeCaseInput,
): Promise<FinishCaseResult> =>
  finish(ports, viewer, 'excludeCase', input, (_command, { at, leases }) => ({
    type: 'excludeCase',
    at,
    leases,
    ...noteOf(input),
  }));

export const includeCase = async (
  ports: ReadPorts,
  viewer: Viewer,
  input: FinishCaseInput,
): Promise<FinishCaseResult> =>
  finish(ports, viewer, 'includeCase', input, (_command, { protocol }) => ({
    type: 'includeCase',
    protocol,
    ...noteOf(input),
  }));
