import { panelSizes } from '@consilium/domain';
import type {
  AdjudicationPolicy,
  AttributeDefinition,
  LabelDefinition,
  LocationDefinition,
  Problem,
  Protocol,
} from '@consilium/domain';
import type {
  AdjudicationPolicyInput,
  AttributeDefinitionInput,
  LabelDefinitionInput,
  LocationDefinitionInput,
  ProtocolInput,
} from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';

interface HasProblem {
  readonly problem: Problem;
}

/** What an input means as a protocol, or why it means none; ranges are checked by the project's decider. */
export function protocolOf(input: ProtocolInput): Protocol | readonly Problem[] {
  const attributes = input.attributes.map((attribute, index) =>
    attributeOf(attribute, `protocol.attributes[${index}]`),
  );
  const adjudication = adjudicationOf(input.adjudication ?? {});
  const problems = [...attributes, adjudication].flatMap((part) => ('problem' in part ? [part.problem] : []));
  if (problems.length > 0 || 'problem' in adjudication) return problems;
  const { leaseSeconds, amendWindowSeconds, readsMaximum, labels, locations, disagreements, ...rest } = input;
  return {
    ...rest,
    readsMaximum: readsMaximum ?? rest.readsPerCase,
    leaseMs: leaseSeconds * 1_000,
    amendWindowMs: amendWindowSeconds * 1_000,
    labels: labels.map(labelOf),
    locations: locations.map(locationOf),
    attributes: attributes.flatMap((attribute) => ('problem' in attribute ? [] : [attribute])),
    disagreements: { ...usualActions, ...givenOf(disagreements ?? {}) },
    adjudication,
  };
}

const usualActions: Protocol['disagreements'] = {
  presence: 'anotherRead',
  label: 'adjudicate',
  extent: 'anotherRead',
  location: 'record',
  progression: 'record',
  sentenceLink: 'adjudicate',
  translation: 'adjudicate',
};

const usualAdjudication: AdjudicationPolicy = {
  panelSize: 1,
  roles: ['adjudicator'],
  sampledShare: 0,
  readersShown: 'afterDecision',
};

type Given<Input> = { readonly [Key in keyof Input]?: NonNullable<Input[Key]> };

/** Without what was left out or is null. */
const givenOf = <Input extends object>(input: Input): Given<Input> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => isGiven(value))) as Given<Input>;

const labelOf = ({
  term,
  group,
  parent,
  codes,
  matchingGate,
  isAlwaysAdjudicated,
}: LabelDefinitionInput): LabelDefinition => ({
  term,
  ...(isGiven(group) ? { group } : {}),
  ...(isGiven(parent) ? { parent } : {}),
  ...(codes.length === 0 ? {} : { codes }),
  ...(isGiven(matchingGate) ? { matchingGate } : {}),
  ...(isAlwaysAdjudicated ? { adjudication: 'always' } : {}),
});

const locationOf = ({ term, laterality, codes }: LocationDefinitionInput): LocationDefinition => ({
  term,
  ...(isGiven(laterality) ? { laterality } : {}),
  ...(codes.length === 0 ? {} : { codes }),
});

function adjudicationOf(input: AdjudicationPolicyInput): AdjudicationPolicy | HasProblem {
  const { panelSize: wanted, ...rest } = { ...usualAdjudication, ...givenOf(input) };
  const panelSize = panelSizes.find((size) => size === wanted);
  if (panelSize !== undefined) return { ...rest, panelSize };
  const path = 'protocol.adjudication.panelSize';
  return { problem: { path, code: 'OUT_OF_RANGE', message: 'a panel has 1, 3 or 5 members' } };
}

function attributeOf(
  { kind, name, minimum, maximum, unit, values }: AttributeDefinitionInput,
  path: string,
): AttributeDefinition | HasProblem {
  const missing = (what: string): HasProblem => ({
    problem: { path, code: 'MISSING', message: `an attribute of this kind has ${what}` },
  });
  if (kind === 'nominal') return !isGiven(values) ? missing('values') : { kind, name, values };
  if (!isGiven(minimum) || !isGiven(maximum)) return missing('a minimum and a maximum');
  if (kind === 'ordinal') return { kind, name, minimum, maximum };
  return !isGiven(unit) ? missing('a unit') : { kind, name, minimum, maximum, unit };
}

/** What the decider calls otherwise than the caller. */
const inputNames: Readonly<Record<string, string>> = {
  leaseMs: 'leaseSeconds',
  amendWindowMs: 'amendWindowSeconds',
};

/** The decider knows a protocol by its own names; the caller wrote others. */
export const asInProtocolInput = (problem: Problem): Problem => ({
  ...problem,
  path: problem.path === 'name' ? 'name' : `protocol.${inputNames[problem.path] ?? problem.path}`,
});
