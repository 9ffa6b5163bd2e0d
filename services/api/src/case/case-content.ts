import { canonicalJson } from '@consilium/contracts';
import type { JsonValue } from '@consilium/contracts';
import { plainText } from '@consilium/domain';
import type {
  BilingualText,
  CaseSource,
  ClinicalMetadata,
  ImportedCase,
  OrganisationId,
  Problem,
  ProjectId,
  SentenceMachine,
} from '@consilium/domain';
import type { Identities } from '../platform/identities.ts';
import type { CaseInput, ClinicalMetadataInput, SentenceMachineInput } from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';

export interface ImportTarget {
  readonly organisation: OrganisationId;
  readonly projectId: ProjectId;
  readonly protocolVersion: number;
}

const keyLength = 500;

/** Of an image whose size nobody told; what is computed from fractions is the same in any. */
const nominalSize = { rows: 10_000, columns: 10_000 } as const;

/** The case a row means: its ids come from the row's own keys, so that the same row means the same case again. */
export function caseContentOf(identities: Identities, row: CaseInput, target: ImportTarget): ImportedCase {
  const { organisation, projectId, protocolVersion } = target;
  const caseId = identities.case(projectId, row.externalKey);
  return {
    caseId,
    projectId,
    protocolVersion,
    subjectId: identities.subject(organisation, row.subjectKey),
    externalKey: plainText(row.externalKey),
    contentHash: identities.contentHash('case-content', canonicalJson(row as unknown as JsonValue)),
    position: row.position,
    priority: row.priority,
    images: row.images.map(({ key, rows, columns, sopInstanceUid, description, viewPosition }) => ({
      imageId: identities.image(caseId, key),
      ...(isGiven(rows) && isGiven(columns) ? { rows, columns } : { ...nominalSize, isSizeNominal: true as const }),
      key: plainText(key),
      ...(!isGiven(viewPosition) ? {} : { viewPosition }),
      ...(!isGiven(sopInstanceUid) ? {} : { sopInstanceUid: plainText(sopInstanceUid) }),
      ...(!isGiven(description) ? {} : { description: plainText(description) }),
    })),
    sentences: row.sentences.map(({ key, es, en, origin, machine }) => ({
      sentenceId: identities.sentence(caseId, key),
      version: 1,
      origin,
      ...(!isGiven(machine) ? {} : { machine: machineOf(machine) }),
      text: bilingualOf(es, en),
    })),
    ...sourceOf(row),
    ...(!isGiven(row.clinical) ? {} : { clinical: clinicalOf(row.clinical) }),
  };
}

const machineOf = ({ model, version }: SentenceMachineInput): SentenceMachine => ({
  model: plainText(model),
  ...(!isGiven(version) ? {} : { version: plainText(version) }),
});

function sourceOf({ studyKey, previousStudy, received }: CaseInput): { readonly source?: CaseSource } {
  if (!isGiven(studyKey) && !isGiven(previousStudy) && !isGiven(received)) return {};
  return {
    source: {
      ...(!isGiven(studyKey) ? {} : { studyKey: plainText(studyKey) }),
      ...(!isGiven(previousStudy)
        ? {}
        : {
            previousStudy: {
              studyKey: plainText(previousStudy.studyKey),
              imageKeys: previousStudy.imageKeys.map(plainText),
            },
          }),
      ...(!isGiven(received) ? {} : { received: plainText(received) }),
    },
  };
}

/** What was given, without what is null. */
const clinicalOf = (given: ClinicalMetadataInput): ClinicalMetadata =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => isGiven(value)));

export const bilingualOf = (es: string | null | undefined, en: string | null | undefined): BilingualText => ({
  ...(!isGiven(es) ? {} : { es: plainText(es) }),
  ...(!isGiven(en) ? {} : { en: plainText(en) }),
});

/** What the decider cannot see any more, because only a hash of it goes on. */
export function keyProblems({ subjectKey, images, sentences }: CaseInput): readonly Problem[] {
  return [
    ...lengthProblems('subjectKey', subjectKey),
    ...images.flatMap(({ rows, columns }, index) =>
      isGiven(rows) === isGiven(columns)
        ? []
        : [{ path: `images[${index}].rows`, code: 'MISSING', message: 'give rows and columns, or neither' }],
    ),
    ...listProblems('images', images),
    ...listProblems('sentences', sentences),
  ];
}

const lengthProblems = (path: string, key: string): readonly Problem[] =>
  key.trim() !== '' && key.length <= keyLength
    ? []
    : [{ path, code: 'BAD_LENGTH', message: `a key has 1 to ${keyLength} characters` }];

function listProblems(path: string, items: readonly { readonly key: string }[]): readonly Problem[] {
  const seen = new Set<string>();
  return items.flatMap(({ key }, index): readonly Problem[] => {
    const at = `${path}[${index}].key`;
    if (seen.has(key)) return [{ path: at, code: 'REPEATED', message: 'this key stands here twice' }];
    seen.add(key);
    return lengthProblems(at, key);
  });
}
