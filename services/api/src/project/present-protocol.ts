import type {
  AttributeDefinition as Defined,
  LabelDefinition as DefinedLabel,
  LocationDefinition as DefinedLocation,
  Protocol as Adopted,
} from '@consilium/domain';
import type {
  AttributeDefinition,
  LabelDefinition,
  LocationDefinition,
  Protocol,
} from '../schema/generated/schema-types.ts';

/**
 * @param isAnnotator of the project: how often an answer is already known, or looked at once more, is not for them, lest they
 *   read otherwise where they suspect it
 */
export const presentProtocol = (
  {
    leaseMs,
    amendWindowMs,
    attributes,
    labels,
    locations,
    adjudication,
    goldShare,
    pausesOnDrift = false,
    ...protocol
  }: Adopted,
  isAnnotator: boolean,
): Protocol => ({
  ...protocol,
  leaseSeconds: leaseMs / 1_000,
  amendWindowSeconds: amendWindowMs / 1_000,
  labels: labels.map(presentLabel),
  locations: locations.map(presentLocation),
  attributes: attributes.map(presentDefinition),
  adjudication: { ...adjudication, sampledShare: isAnnotator ? null : adjudication.sampledShare },
  goldShare: isAnnotator ? null : goldShare,
  pausesOnDrift: isAnnotator ? null : pausesOnDrift,
});

const presentLabel = ({ adjudication, ...label }: DefinedLabel): LabelDefinition => ({
  group: null,
  parent: null,
  codes: [],
  matchingGate: null,
  ...label,
  isAlwaysAdjudicated: adjudication === 'always',
});

const presentLocation = (location: DefinedLocation): LocationDefinition => ({
  laterality: null,
  codes: [],
  ...location,
});

const presentDefinition = (defined: Defined): AttributeDefinition => ({
  minimum: null,
  maximum: null,
  unit: null,
  values: null,
  ...defined,
});
