import type { Qualification as Given } from '@consilium/domain';
import type { Qualification } from '../schema/generated/schema-types.ts';

export const presentQualification = (given: Given): Qualification =>
  given.kind === 'language'
    ? { language: given.language, findingGroup: null }
    : { language: null, findingGroup: given.group };
