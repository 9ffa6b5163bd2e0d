import type { Instant } from '../identifiers.ts';
import type { Language, Protocol } from '../project/protocol.ts';

/** What a person has shown that they can read: reports in a language, or findings of a group of the project's labels. */
export type Qualification =
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'findingGroup'; readonly group: string };

export const qualificationKinds = ['language', 'findingGroup'] as const;

export interface HeldQualification {
  readonly qualification: Qualification;
  /** Half-open: at this instant it has expired. Absent where it does not expire. */
  readonly expiresAt?: Instant;
}

/** Most that one annotator may hold, expired ones too. */
export const qualificationsMaximum = 1_000;

/** One text for each qualification. */
export const qualificationKey = (qualification: Qualification): string =>
  `${qualification.kind} ${qualification.kind === 'language' ? qualification.language : qualification.group}`;

/** The finding groups of a protocol's labels. */
export const findingGroupsOf = ({ labels }: Pick<Protocol, 'labels'>): ReadonlySet<string> =>
  new Set(labels.flatMap(({ group }) => (group === undefined ? [] : [group])));

/**
 * What somebody lacks to read under a protocol at an instant of the store's clock; empty where nothing. All languages of the
 * protocol are needed. Of its finding groups one is, for a case is not known to show any one of them before it is read; where
 * the protocol has groups and none is held, all are named.
 */
export function missingQualifications(
  held: Iterable<HeldQualification>,
  protocol: Pick<Protocol, 'qualificationsRequired' | 'languages' | 'labels'>,
  at: Instant,
): readonly Qualification[] {
  if (!protocol.qualificationsRequired) return [];
  const live = new Set(
    [...held]
      .filter(({ expiresAt }) => expiresAt === undefined || at < expiresAt)
      .map(({ qualification }) => qualificationKey(qualification)),
  );
  const isMissing = (qualification: Qualification): boolean => !live.has(qualificationKey(qualification));
  const languages = protocol.languages.map((language): Qualification => ({ kind: 'language', language }));
  const groups = [...findingGroupsOf(protocol)].map((group): Qualification => ({ kind: 'findingGroup', group }));
  return [...languages.filter(isMissing), ...(groups.every(isMissing) ? groups : [])];
}
