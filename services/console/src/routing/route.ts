/** Statuses a list can be narrowed to, as the schema names them. */
export const caseStatuses = [
  'READING',
  'AWAITING_CONSENSUS',
  'SETTLED',
  'DISPUTED',
  'ADJUDICATING',
  'ADJUDICATED',
  'FINALISED',
  'EXCLUDED',
  'WITHDRAWN',
] as const;
export type CaseStatus = (typeof caseStatuses)[number];

/** Pages stand behind the # of the address, so that static files are all the server needs. */
export type Route =
  | { readonly page: 'projects' }
  | { readonly page: 'project'; readonly projectId: string; readonly status: CaseStatus | undefined }
  /** The status is that of the list the case was opened from: the next case is the next of that list. */
  | { readonly page: 'case'; readonly caseId: string; readonly status: CaseStatus | undefined }
  | { readonly page: 'unknown' };

export function parseRoute(fragment: string): Route {
  const [path = '', search = ''] = fragment.replace(/^#/, '').split('?', 2);
  const [first, id, ...rest] = path.split('/').filter((part) => part !== '');
  const status = statusOf(new URLSearchParams(search).get('status'));
  if (first === undefined) return { page: 'projects' };
  if (id === undefined || rest.length > 0) return { page: 'unknown' };
  const decoded = decode(id);
  if (decoded === undefined) return { page: 'unknown' };
  if (first === 'projects') return { page: 'project', projectId: decoded, status };
  if (first === 'cases') return { page: 'case', caseId: decoded, status };
  return { page: 'unknown' };
}

export const projectsHref = '#/';

export function projectHref(projectId: string, status?: CaseStatus): string {
  return `#/projects/${encodeURIComponent(projectId)}${searchOf(status)}`;
}

export function caseHref(caseId: string, status?: CaseStatus): string {
  return `#/cases/${encodeURIComponent(caseId)}${searchOf(status)}`;
}

function searchOf(status: CaseStatus | undefined): string {
  return status === undefined ? '' : `?status=${status}`;
}

function statusOf(text: string | null): CaseStatus | undefined {
  return caseStatuses.find((status) => status === text);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
