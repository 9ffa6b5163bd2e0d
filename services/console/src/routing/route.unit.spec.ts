import { describe, expect, it } from '@jest/globals';
import { caseHref, parseRoute, projectHref } from './route.ts';

describe('a route', () => {
  it('comes back from its own address', () => {
    expect(parseRoute(projectHref('a/b c', 'DISPUTED'))).toEqual({
      page: 'project',
      projectId: 'a/b c',
      status: 'DISPUTED',
    });
    expect(parseRoute(caseHref('x?y#z'))).toEqual({ page: 'case', caseId: 'x?y#z', status: undefined });
  });

  it.each(['', '#', '#/'])('is the list of projects without more: %j', (fragment) => {
    expect(parseRoute(fragment)).toEqual({ page: 'projects' });
  });

  it('leaves out a status that there is not', () => {
    expect(parseRoute('#/projects/1?status=PERHAPS')).toMatchObject({ page: 'project', status: undefined });
  });

  it.each(['#/projects', '#/people/1', '#/cases/1/2', '#/cases/%E0%A4%A'])('is unknown: %s', (fragment) => {
    expect(parseRoute(fragment)).toEqual({ page: 'unknown' });
  });
});
