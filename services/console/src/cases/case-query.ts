import { z } from 'zod/mini';
import type { Operation } from '../api/graphql-request.ts';
import { caseStatuses } from '../routing/route.ts';

const text = z.object({ es: z.nullable(z.string()), en: z.nullable(z.string()), erased: z.boolean() });
export type BilingualText = z.infer<typeof text>;

const pixelBox = z.object({ x1: z.number(), y1: z.number(), x2: z.number(), y2: z.number() });

const attributeValue = z.object({
  name: z.string(),
  number: z.nullable(z.number()),
  term: z.nullable(z.string()),
});
export type AttributeValue = z.infer<typeof attributeValue>;

const polarity = z.enum(['POSITIVE', 'NEGATIVE', 'UNCERTAIN']);
export type Polarity = z.infer<typeof polarity>;

const finding = z.object({
  id: z.string(),
  sentenceId: z.nullable(z.string()),
  statement: z.nullable(text),
  polarity,
  labels: z.array(z.string()),
  locations: z.array(z.string()),
  progression: z.nullable(z.string()),
  attributes: z.array(attributeValue),
  regionIds: z.array(z.string()),
});

const annotation = z.object({
  id: z.string(),
  readId: z.string(),
  annotatorId: z.nullable(z.string()),
  revision: z.number(),
  submittedAt: z.string(),
  answer: z.enum(['FINDINGS', 'NOTHING_THERE']),
  findings: z.array(finding),
  regions: z.array(z.object({ id: z.string(), imageId: z.string(), pixels: pixelBox })),
  imageQualityFlags: z.array(z.string()),
  reportQualityFlags: z.array(z.string()),
});
export type Annotation = z.infer<typeof annotation>;

const presence = z.enum(['PRESENT', 'ABSENT', 'DISPUTED']);
export type Presence = z.infer<typeof presence>;

const consensusRegion = z.object({
  id: z.string(),
  imageId: z.string(),
  sentenceId: z.nullable(z.string()),
  decision: presence,
  score: z.number(),
  supporters: z.number(),
  supportersOf: z.number(),
  members: z.array(z.object({ readId: z.string(), regionId: z.string() })),
  box: pixelBox,
  label: z.nullable(z.string()),
  attributes: z.array(attributeValue),
});
export type ConsensusRegion = z.infer<typeof consensusRegion>;

const consensus = z.object({
  id: z.string(),
  outcome: z.enum(['SETTLED', 'DISPUTED']),
  methodName: z.string(),
  methodVersion: z.string(),
  methodParameters: z.string(),
  recordedAt: z.string(),
  regions: z.array(consensusRegion),
  sentences: z.array(
    z.object({ sentenceId: z.string(), version: z.number(), settled: z.boolean(), polarity: z.nullable(polarity) }),
  ),
});
export type Consensus = z.infer<typeof consensus>;

const image = z.object({
  id: z.string(),
  rows: z.number(),
  columns: z.number(),
  description: z.nullable(z.string()),
});
export type CaseImage = z.infer<typeof image>;

const sentence = z.object({
  id: z.string(),
  version: z.number(),
  origin: z.enum(['REPORT', 'MACHINE', 'PERSON']),
  text,
});
export type CaseSentence = z.infer<typeof sentence>;

const medicalCase = z.object({
  id: z.string(),
  projectId: z.string(),
  subjectId: z.string(),
  externalKey: z.nullable(z.string()),
  position: z.number(),
  status: z.enum(caseStatuses),
  images: z.array(image),
  sentences: z.array(sentence),
  readsWanted: z.nullable(z.number()),
  readsSubmitted: z.nullable(z.number()),
  annotations: z.array(annotation),
  consensus: z.nullable(consensus),
});
export type MedicalCase = z.infer<typeof medicalCase>;

const data = z.object({ case: z.nullable(medicalCase) });

export const caseQuery: Operation<z.infer<typeof data>, { readonly id: string }> = {
  document: /* GraphQL */ `
    query Case($id: ID!) {
      case(id: $id) {
        id
        projectId
        subjectId
        externalKey
        position
        status
        images {
          id
          rows
          columns
          description
        }
        sentences {
          id
          version
          origin
          text {
            es
            en
            erased
          }
        }
        readsWanted
        readsSubmitted
        annotations {
          id
          readId
          annotatorId
          revision
          submittedAt
          answer
          findings {
            id
            sentenceId
            statement {
              es
              en
              erased
            }
            polarity
            labels
            locations
            progression
            attributes {
              name
              number
              term
            }
            regionIds
          }
          regions {
            id
            imageId
            pixels {
              x1
              y1
              x2
              y2
            }
          }
          imageQualityFlags
          reportQualityFlags
        }
        consensus {
          id
          outcome
          methodName
          methodVersion
          methodParameters
          recordedAt
          regions {
            id
            imageId
            sentenceId
            decision
            score
            supporters
            supportersOf
            members {
              readId
              regionId
            }
            box {
              x1
              y1
              x2
              y2
            }
            label
            attributes {
              name
              number
              term
            }
          }
          sentences {
            sentenceId
            version
            settled
            polarity
          }
        }
      }
    }
  `,
  data,
};
