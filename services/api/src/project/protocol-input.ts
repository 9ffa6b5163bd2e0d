import type { AttributeDefinition, Problem, Protocol } from '@consilium/domain';
import type { AttributeDefinitionInput, ProtocolInput } from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';

/** What an input means as a protocol, or why it means none; ranges are checked by the project's decider. */
export function protocolOf(input: ProtocolInput): Protocol | readonly Problem[] {
  const attributes = input.attributes.map((attribute, index) =>
    attributeOf(attribute, `protocol.attributes[${index}]`),
  );
  const problems = attributes.flatMap((attribute) => ('problem' in attribute ? [attribute.problem] : []));
  if (problems.length > 0) return problems;
  const { leaseSeconds, attributes: _attributes, ...rest } = input;
  return {
    ...rest,
    leaseMs: leaseSeconds * 1_000,
    attributes: attributes.flatMap((attribute) => ('problem' in attribute ? [] : [attribute])),
  };
}

function attributeOf(
  { kind, name, minimum, maximum, unit, values }: AttributeDefinitionInput,
  path: string,
): AttributeDefinition | { readonly problem: Problem } {
  const missing = (what: string): { readonly problem: Problem } => ({
    problem: { path, code: 'MISSING', message: `an attribute of this kind has ${what}` },
  });
  if (kind === 'nominal') return !isGiven(values) ? missing('values') : { kind, name, values };
  if (!isGiven(minimum) || !isGiven(maximum)) return missing('a minimum and a maximum');
  if (kind === 'ordinal') return { kind, name, minimum, maximum };
  return !isGiven(unit) ? missing('a unit') : { kind, name, minimum, maximum, unit };
}

/** The decider knows a protocol by its own names; the caller wrote others. */
export const asInProtocolInput = (problem: Problem): Problem => ({
  ...problem,
  path: problem.path === 'name' ? 'name' : `protocol.${problem.path === 'leaseMs' ? 'leaseSeconds' : problem.path}`,
});
