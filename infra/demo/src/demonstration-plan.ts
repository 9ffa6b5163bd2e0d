import type { AnnotationInput, CaseInput, ProtocolInput } from '@consilium/client';
import { lidcSeed, toLidcCases } from './lidc-cases.ts';
import type { FourAccounts, LidcAnswer, LidcCase, LidcCases } from './lidc-cases.ts';
import { readLidcNodules } from './lidc-nodules.ts';

export const demonstrationName = 'LIDC-IDRI';
const label = 'nodule';
const regionKey = 'mark';
/** From this overlap on two marks may be the same nodule: the usual one of box agreement, and the default of protocols. */
export const demonstrationGate = 0.5;

/** Cases one account works at, at a time, and as many again for those of a run that was broken off. */
export const readsAtOnce = 16;

/** How LIDC was read: four readers, one kind of finding, nobody's identity. */
export const demonstrationProtocol: ProtocolInput = {
  readsPerCase: 4,
  leaseSeconds: 3_600,
  openClaimsMaximum: 2 * readsAtOnce,
  labels: [{ term: label }],
  attributes: [
    { kind: 'ORDINAL', name: 'malignancy', minimum: 1, maximum: 5 },
    { kind: 'ORDINAL', name: 'texture', minimum: 1, maximum: 5 },
  ],
  matchingGate: demonstrationGate,
  readerIdentity: 'NOT_PUBLISHED',
};

export const demonstrationAccounts: FourAccounts = ['annotator-1', 'annotator-2', 'annotator-3', 'annotator-4'];

export interface DemonstrationPlan extends LidcCases {
  /** Names all commands of this plan: a repeat of the same plan changes nothing, and another plan is another project. */
  readonly commandPrefix: string;
}

/** @param limit the first so many cases; all without it */
export function planDemonstration(limit?: number): DemonstrationPlan {
  const all = toLidcCases(readLidcNodules(), demonstrationAccounts, lidcSeed);
  const size = limit === undefined ? 'all' : `first-${limit}`;
  return {
    ...all,
    cases: limit === undefined ? all.cases : all.cases.slice(0, limit),
    commandPrefix: `lidc-idri-1-${all.seed}-${size}`,
  };
}

/** One image a case: the slice of the nodule. Position is the place in the file. */
export function toCaseInput({ externalKey, subjectKey, rows, columns, sliceZ }: LidcCase, position: number): CaseInput {
  return {
    externalKey,
    subjectKey,
    position,
    images: [{ key: 'slice', rows, columns, description: `CT slice at z = ${sliceZ} mm` }],
  };
}

export function toAnnotation(answer: LidcAnswer, imageId: string): AnnotationInput {
  if (answer.kind === 'nothingThere') return { answer: 'NOTHING_THERE' };
  return {
    answer: 'FINDINGS',
    findings: [
      {
        labels: [label],
        attributes: [
          { name: 'malignancy', number: answer.malignancy },
          { name: 'texture', number: answer.texture },
        ],
        regions: [regionKey],
      },
    ],
    regions: [{ key: regionKey, imageId, ...answer.box }],
  };
}
