import type { Problem } from '../problem.ts';
import { checkVocabulary } from './check-vocabulary.ts';
import { checkGate } from './check-gate.ts';
import { checkTerms } from './check-terms.ts';
import { type AttributeDefinition, panelSizes, type Protocol, protocolLimits } from './protocol.ts';

/** Everything wrong with a protocol, in the order of its fields; empty when it may be adopted. */
export function problemsOfProtocol(protocol: Protocol): readonly Problem[] {
  const { leaseMs: lease } = protocolLimits;
  return [
    ...wholeNumber('readsPerCase', protocol.readsPerCase, 1, protocolLimits.readsPerCase),
    ...readsMaximumProblems(protocol),
    ...wholeNumber('leaseMs', protocol.leaseMs, lease.minimum, lease.maximum),
    ...wholeNumber('openClaimsMaximum', protocol.openClaimsMaximum, 1, protocolLimits.openClaims),
    ...wholeNumber('amendWindowMs', protocol.amendWindowMs, 0, protocolLimits.amendWindowMs),
    ...checkTerms('languages', protocol.languages),
    ...checkVocabulary(protocol),
    ...attributeProblems(protocol.attributes),
    ...regionKindProblems(protocol),
    ...checkGate('matchingGate', protocol.matchingGate),
    ...adjudicationProblems(protocol),
    ...share('reviewShare', protocol.reviewShare, 1),
    ...share('goldShare', protocol.goldShare, protocolLimits.goldShare),
  ];
}

/** Where `readsPerCase` is wrong there is nothing to compare with, and that has been said. */
function readsMaximumProblems({ readsPerCase, readsMaximum }: Protocol): readonly Problem[] {
  const { readsPerCase: most } = protocolLimits;
  const isKnown = Number.isInteger(readsPerCase) && readsPerCase >= 1 && readsPerCase <= most;
  return isKnown ? wholeNumber('readsMaximum', readsMaximum, readsPerCase, most) : [];
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

const share = (path: string, value: number, maximum: number): readonly Problem[] =>
  value >= 0 && value <= maximum
    ? []
    : [{ path, code: 'OUT_OF_RANGE', message: `${path} is a share from 0 to ${String(maximum)}` }];

function regionKindProblems({ regionKinds }: Protocol): readonly Problem[] {
  if (regionKinds.length === 0) return [{ path: 'regionKinds', code: 'MISSING', message: 'name at least one kind' }];
  return [
    ...checkTerms('regionKinds', regionKinds),
    ...regionKinds.flatMap((kind, index): readonly Problem[] =>
      kind === 'box'
        ? []
        : [
            {
              path: `regionKinds[${String(index)}]`,
              code: 'NOT_SUPPORTED',
              message: `annotations hold boxes; no ${kind} can be given yet`,
            },
          ],
    ),
  ];
}

function adjudicationProblems({ adjudication: { panelSize, roles, sampledShare } }: Protocol): readonly Problem[] {
  return [
    ...(panelSizes.some((size) => size === panelSize)
      ? []
      : [{ path: 'adjudication.panelSize', code: 'OUT_OF_RANGE', message: 'a panel has 1, 3 or 5 members' }]),
    ...(roles.length > 0
      ? checkTerms('adjudication.roles', roles)
      : [{ path: 'adjudication.roles', code: 'MISSING', message: 'somebody must be allowed to adjudicate' }]),
    ...share('adjudication.sampledShare', sampledShare, 1),
  ];
}

function attributeProblems(attributes: readonly AttributeDefinition[]): readonly Problem[] {
  if (attributes.length > protocolLimits.attributes) {
    return [
      { path: 'attributes', code: 'TOO_MANY', message: `at most ${String(protocolLimits.attributes)} attributes` },
    ];
  }
  const names = checkTerms(
    'attributes',
    attributes.map(({ name }) => name),
  );
  const ranges = attributes.flatMap((attribute, index): readonly Problem[] => {
    const path = `attributes[${String(index)}]`;
    if (attribute.kind === 'nominal') return checkTerms(`${path}.values`, attribute.values);
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
