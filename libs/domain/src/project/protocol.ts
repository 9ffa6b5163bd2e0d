import type { Problem } from '../problem.ts';

/** A typed attribute that findings of a project carry. */
export type AttributeDefinition =
  | { readonly kind: 'ordinal'; readonly name: string; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'nominal'; readonly name: string; readonly values: readonly string[] }
  | {
      readonly kind: 'interval';
      readonly name: string;
      readonly minimum: number;
      readonly maximum: number;
      readonly unit: string;
    };

/**
 * The rules a project's cases are read by. A version never changes; a case keeps the version it was imported under.
 * `readerIdentity` is 'notPublished' where the source withholds who read what (LIDC): nothing person-related is shown then.
 */
export interface Protocol {
  /** Independent reads each case gets: 1 to 25. */
  readonly readsPerCase: number;
  /** How long a claim holds without renewal, milliseconds: 1 s to 24 h. */
  readonly leaseMs: number;
  /** Claims one annotator may hold at a time: 1 to 10,000. */
  readonly openClaimsMaximum: number;
  /** Labels a finding may carry; at most 1,000. */
  readonly labels: readonly string[];
  /** Places a finding may be at; at most 1,000. */
  readonly locations: readonly string[];
  /** At most 50, names unique. */
  readonly attributes: readonly AttributeDefinition[];
  /** Intersection over union from which two regions may be the same one: above 0, at most 1 (DESIGN section 7). */
  readonly matchingGate: number;
  readonly readerIdentity: 'known' | 'notPublished';
}

export const protocolLimits = {
  readsPerCase: 25,
  leaseMs: { minimum: 1_000, maximum: 86_400_000 },
  openClaims: 10_000,
  terms: 1_000,
  termLength: 200,
  attributes: 50,
} as const;

/** Everything wrong with a protocol, in the order of its fields; empty when it may be adopted. */
export function problemsOfProtocol(protocol: Protocol): readonly Problem[] {
  return [
    ...wholeNumber('readsPerCase', protocol.readsPerCase, 1, protocolLimits.readsPerCase),
    ...wholeNumber('leaseMs', protocol.leaseMs, protocolLimits.leaseMs.minimum, protocolLimits.leaseMs.maximum),
    ...wholeNumber('openClaimsMaximum', protocol.openClaimsMaximum, 1, protocolLimits.openClaims),
    ...terms('labels', protocol.labels),
    ...terms('locations', protocol.locations),
    ...attributeProblems(protocol.attributes),
    ...(protocol.matchingGate > 0 && protocol.matchingGate <= 1
      ? []
      : [{ path: 'matchingGate', code: 'OUT_OF_RANGE', message: 'matchingGate must be above 0 and at most 1' }]),
  ];
}

function wholeNumber(path: string, value: number, minimum: number, maximum: number): readonly Problem[] {
  return Number.isInteger(value) && value >= minimum && value <= maximum
    ? []
    : [
        {
          path,
          code: 'OUT_OF_RANGE',
          message: `${path} must be a whole number from ${String(minimum)} to ${String(maximum)}`,
        },
      ];
}

function terms(path: string, values: readonly string[]): readonly Problem[] {
  if (values.length > protocolLimits.terms) {
    return [{ path, code: 'TOO_MANY', message: `at most ${String(protocolLimits.terms)} ${path}` }];
  }
  const seen = new Set<string>();
  return values.flatMap((value, index): readonly Problem[] => {
    const at = `${path}[${String(index)}]`;
    if (value.trim() === '' || value.length > protocolLimits.termLength) {
      return [
        { path: at, code: 'BAD_TERM', message: `a term has 1 to ${String(protocolLimits.termLength)} characters` },
      ];
    }
    if (seen.has(value)) return [{ path: at, code: 'REPEATED', message: `"${value}" stands here twice` }];
    seen.add(value);
    return [];
  });
}

function attributeProblems(attributes: readonly AttributeDefinition[]): readonly Problem[] {
  if (attributes.length > protocolLimits.attributes) {
    return [
      { path: 'attributes', code: 'TOO_MANY', message: `at most ${String(protocolLimits.attributes)} attributes` },
    ];
  }
  const names = terms(
    'attributes',
    attributes.map(({ name }) => name),
  );
  const ranges = attributes.flatMap((attribute, index): readonly Problem[] => {
    const path = `attributes[${String(index)}]`;
    if (attribute.kind === 'nominal') return terms(`${path}.values`, attribute.values);
    return [...rangeProblems(path, attribute), ...(attribute.kind === 'interval' ? unitProblems(path, attribute) : [])];
  });
  return [...names, ...ranges];
}

function rangeProblems(
  path: string,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
): readonly Problem[] {
  return Number.isFinite(minimum) && Number.isFinite(maximum) && minimum < maximum
    ? []
    : [{ path, code: 'OUT_OF_RANGE', message: 'minimum must be below maximum, both finite' }];
}

/** A number without a unit has the empty one. */
function unitProblems(path: string, { unit }: { readonly unit: string }): readonly Problem[] {
  return unit.length <= protocolLimits.termLength
    ? []
    : [{ path: `${path}.unit`, code: 'TOO_LONG', message: `at most ${String(protocolLimits.termLength)} characters` }];
}
