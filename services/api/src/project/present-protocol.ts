import type { AttributeDefinition as Defined, Protocol as Adopted } from '@consilium/domain';
import type { AttributeDefinition, Protocol } from '../schema/generated/schema-types.ts';

export const presentProtocol = ({ leaseMs, attributes, ...protocol }: Adopted): Protocol => ({
  ...protocol,
  leaseSeconds: leaseMs / 1_000,
  attributes: attributes.map(presentDefinition),
});

const presentDefinition = (defined: Defined): AttributeDefinition => ({
  minimum: null,
  maximum: null,
  unit: null,
  values: null,
  ...defined,
});
