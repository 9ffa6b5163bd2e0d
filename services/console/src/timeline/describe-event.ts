import { inPlainWords } from '../layout/format.ts';

export type EventKind = 'settled' | 'disputed' | 'submitted' | 'ended' | 'plain';

/** `annotationSubmitted` as "Annotation submitted": also for types this page has never heard of. */
export function describeEvent(type: string): string {
  return inPlainWords(type);
}

/** What the dot beside it looks like. */
export function kindOfEvent(type: string): EventKind {
  switch (type) {
    case 'consensusReached':
    case 'adjudicationDecided':
    case 'caseFinalised':
      return 'settled';
    case 'disagreementFound':
    case 'adjudicationOpened':
    case 'panelSplit':
      return 'disputed';
    case 'externalReadRecorded':
    case 'annotationSubmitted':
    case 'annotationAmended':
    case 'adjudicationVoted':
      return 'submitted';
    case 'readReleased':
    case 'readExpired':
    case 'readSkipped':
    case 'annotationWithdrawn':
    case 'annotationOutdated':
    case 'adjudicationReleased':
    case 'adjudicationExpired':
    case 'caseWithdrawn':
    case 'caseExcluded':
      return 'ended';
    default:
      return 'plain';
  }
}

export function describeActor(role: string): string {
  return role === 'system' ? 'by the system' : `by ${/^[aeiou]/i.test(role) ? 'an' : 'a'} ${role.toLowerCase()}`;
}

/** A plain text, or a JSON object as "name value". Ids, lists and objects are left out: they tell a reader nothing. */
export function describeDetail(detail: string | null): string | undefined {
  if (detail === null || detail === '') return undefined;
  const parsed = parseObject(detail);
  if (parsed === undefined) return describeValue(detail);
  const parts = Object.entries(parsed).flatMap(([name, value]) => {
    if (name.endsWith('Id')) return [];
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isPlain ? [`${inPlainWords(name).toLowerCase()} ${describeValue(String(value))}`] : [];
  });
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** A code such as `outsideMyField` in words; what a person wrote stays as it was written. */
function describeValue(text: string): string {
  const isCode = /^[A-Z][A-Z_]+$/.test(text) || /^[a-z]+([A-Z][a-z]+)+$/.test(text);
  return isCode ? inPlainWords(text).toLowerCase() : text;
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
