import { canonicalJson } from '@consilium/contracts';
import type { JsonValue } from '@consilium/contracts';
import { plainText } from '@consilium/domain';
import type { BilingualText, ImportedCase, Problem, ProjectId, OrganisationId } from '@consilium/domain';
import type { Identities } from '../platform/identities.ts';
import type { CaseInput } from '../schema/generated/schema-types.ts';
import { isGiven } from '../schema/is-given.ts';

export interface ImportTarget {
  readonly organisation: OrganisationId;
  readonly projectId: ProjectId;
  readonly protocolVersion: number;
}

const keyLength = 500;

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
    images: row.images.map(({ key, rows, columns, sopInstanceUid, description }) => ({
      imageId: identities.image(caseId, key),
      rows,
      columns,
      ...(!isGiven(sopInstanceUid) ? {} : { sopInstanceUid: plainText(sopInstanceUid) }),
      ...(!isGiven(description) ? {} : { description: plainText(description) }),
    })),
    sentences: row.sentences.map(({ key, es, en, origin }) => ({
      sentenceId: identities.sentence(caseId, key),
      version: 1,
      origin,
      text: bilingualOf(es, en),
    })),
  };
}

export const bilingualOf = (es: string | null | undefined, en: string | null | undefined): BilingualText => ({
  ...(!isGiven(es) ? {} : { es: plainText(es) }),
  ...(!isGiven(en) ? {} : { en: plainText(en) }),
});

/** What the decider cannot see any more, because only a hash of it goes on. */
export function keyProblems({ subjectKey, images, sentences }: CaseInput): readonly Problem[] {
  return [
    ...lengthProblems('subjectKey', subjectKey),
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
