import { describe, expect, it } from '@jest/globals';
import { personId, projectId, sampleProtocol, scenario } from '@consilium/testing';
import { problemsOfProtocol } from './check-protocol.ts';
import { membersMaximum } from './members.ts';
import { project, type ProjectEvent, projectNameLength } from './project.ts';
import { type Protocol, protocolLimits } from './protocol.ts';

const given = scenario(project);
const protocol = sampleProtocol();
const other = sampleProtocol({ readsPerCase: 3 });
const created: ProjectEvent = { type: 'projectCreated', projectId: projectId(1), name: 'PadChest' };
const adopted = (protocolVersion: number, rules: Protocol): ProjectEvent => ({
  type: 'protocolAdopted',
  protocolVersion,
  protocol: rules,
});

describe('a project', () => {
  it('is created with its first protocol', () => {
    expect(given().when({ type: 'createProject', projectId: projectId(1), name: 'PadChest', protocol })).toEqual({
      ok: true,
      events: [created, adopted(1, protocol)],
    });
  });

  it('is created once', () => {
    expect(
      given(created, adopted(1, protocol)).when({
        type: 'createProject',
        projectId: projectId(1),
        name: 'Other',
        protocol,
      }),
    ).toEqual({ ok: false, refusal: { code: 'PROJECT_EXISTS' } });
  });

  it.each(['', ' ', 'x'.repeat(projectNameLength + 1)])('is refused a name of none or too many characters', (name) => {
    expect(given().when({ type: 'createProject', projectId: projectId(1), name, protocol })).toMatchObject({
      ok: false,
      refusal: { code: 'INVALID_PROJECT', problems: [{ path: 'name', code: 'BAD_NAME' }] },
    });
  });

  it('counts its protocols 1, 2, 3', () => {
    expect(given(created, adopted(1, protocol)).when({ type: 'adoptProtocol', protocol: other })).toEqual({
      ok: true,
      events: [adopted(2, other)],
    });
    const history = [created, adopted(1, protocol), adopted(2, other)];
    expect(given(...history).when({ type: 'adoptProtocol', protocol })).toEqual({
      ok: true,
      events: [adopted(3, protocol)],
    });
    expect(given(...history).state).toMatchObject({ status: 'active', protocolVersion: 2, protocol: other });
  });

  it('adopts nothing while it is unknown, and nothing invalid', () => {
    expect(given().when({ type: 'adoptProtocol', protocol })).toEqual({
      ok: false,
      refusal: { code: 'PROJECT_UNKNOWN' },
    });
    expect(
      given(created, adopted(1, protocol)).when({ type: 'adoptProtocol', protocol: sampleProtocol({ leaseMs: 0 }) }),
    ).toMatchObject({ ok: false, refusal: { code: 'INVALID_PROJECT', problems: [{ path: 'leaseMs' }] } });
  });
});

describe('a protocol', () => {
  const codesOf = (changes: Partial<Protocol>) =>
    problemsOfProtocol(sampleProtocol({ readsMaximum: 2, ...changes })).map(({ path, code }) => `${path} ${code}`);
  const range = { kind: 'interval', name: 'size', minimum: 0, maximum: 1, unit: 'mm' } as const;

  const { adjudication } = sampleProtocol();
  const terms = (...given: readonly string[]) => given.map((term) => ({ term }));

  it('tells every label of a circle that it stands above itself, and those beside it nothing', () => {
    const labels = [
      { term: 'a', parent: 'b' },
      { term: 'b', parent: 'a' },
      { term: 'c', parent: 'a' },
      { term: 'd' },
      { term: 'e', parent: 'd' },
    ];
    expect(codesOf({ labels })).toEqual(['labels[0].parent CIRCULAR', 'labels[1].parent CIRCULAR']);
  });

  it('may lie at every limit', () => {
    const { leaseMs, readsPerCase, openClaims } = protocolLimits;
    expect(
      codesOf({
        readsPerCase,
        readsMaximum: readsPerCase,
        openClaimsMaximum: openClaims,
        leaseMs: leaseMs.maximum,
        matchingGate: 1,
      }),
    ).toEqual([]);
    expect(codesOf({ readsPerCase: 1, openClaimsMaximum: 1, leaseMs: leaseMs.minimum, readsMaximum: 25 })).toEqual([]);
  });

  it.each<[Partial<Protocol>, string]>([
    [{ readsPerCase: 0 }, 'readsPerCase OUT_OF_RANGE'],
    [{ readsPerCase: 26 }, 'readsPerCase OUT_OF_RANGE'],
    [{ readsPerCase: 1.5 }, 'readsPerCase OUT_OF_RANGE'],
    [{ leaseMs: 999 }, 'leaseMs OUT_OF_RANGE'],
    [{ leaseMs: 86_400_001 }, 'leaseMs OUT_OF_RANGE'],
    [{ openClaimsMaximum: 10_001 }, 'openClaimsMaximum OUT_OF_RANGE'],
    [{ matchingGate: 0 }, 'matchingGate OUT_OF_RANGE'],
    [{ matchingGate: 1.01 }, 'matchingGate OUT_OF_RANGE'],
    [{ matchingGate: Number.NaN }, 'matchingGate OUT_OF_RANGE'],
    [{ readsMaximum: 1 }, 'readsMaximum OUT_OF_RANGE'],
    [{ readsMaximum: 26 }, 'readsMaximum OUT_OF_RANGE'],
    [{ amendWindowMs: -1 }, 'amendWindowMs OUT_OF_RANGE'],
    [{ amendWindowMs: 30 * 86_400_000 + 1 }, 'amendWindowMs OUT_OF_RANGE'],
    [{ languages: ['es', 'es'] }, 'languages[1] REPEATED'],
    [{ labels: terms('a', 'b', 'a') }, 'labels[2] REPEATED'],
    [{ labels: terms('') }, 'labels[0] BAD_TERM'],
    [{ labels: [{ term: 'a', group: '' }] }, 'labels[0].group BAD_TERM'],
    [{ labels: [{ term: 'a', parent: 'b' }] }, 'labels[0].parent UNKNOWN_TERM'],
    [{ labels: [{ term: 'a', parent: 'a' }] }, 'labels[0].parent CIRCULAR'],
    [{ labels: [{ term: 'a', matchingGate: 0 }] }, 'labels[0].matchingGate OUT_OF_RANGE'],
    [{ labels: [{ term: 'a', codes: [{ system: 'RadLex', code: '' }] }] }, 'labels[0].codes[0].code BAD_TERM'],
    [
      { labels: [{ term: 'a', codes: Array.from({ length: 11 }, () => ({ system: 's', code: 'c' })) }] },
      'labels[0].codes TOO_MANY',
    ],
    [{ progressionTerms: ['new', 'new'] }, 'progressionTerms[1] REPEATED'],
    [{ imageQualityFlags: [' '] }, 'imageQualityFlags[0] BAD_TERM'],
    [{ reportQualityFlags: ['x'.repeat(201)] }, 'reportQualityFlags[0] BAD_TERM'],
    [{ regionKinds: [] }, 'regionKinds MISSING'],
    [{ regionKinds: ['box', 'mask'] }, 'regionKinds[1] NOT_SUPPORTED'],
    [{ adjudication: { ...adjudication, roles: [] } }, 'adjudication.roles MISSING'],
    [{ adjudication: { ...adjudication, sampledShare: 1.1 } }, 'adjudication.sampledShare OUT_OF_RANGE'],
    [{ reviewShare: Number.NaN }, 'reviewShare OUT_OF_RANGE'],
    [{ goldShare: 0.51 }, 'goldShare OUT_OF_RANGE'],
    [{ locations: terms('x'.repeat(201)) }, 'locations[0] BAD_TERM'],
    [{ locations: Array.from({ length: 1_001 }, (_, index) => ({ term: String(index) })) }, 'locations TOO_MANY'],
    [
      { attributes: Array.from({ length: 51 }, (_, index) => ({ ...range, name: String(index) })) },
      'attributes TOO_MANY',
    ],
    [{ attributes: [range, range] }, 'attributes[1] REPEATED'],
    [{ attributes: [{ ...range, maximum: 0 }] }, 'attributes[0] OUT_OF_RANGE'],
    [{ attributes: [{ ...range, maximum: Number.POSITIVE_INFINITY }] }, 'attributes[0] OUT_OF_RANGE'],
    [{ attributes: [{ ...range, minimum: Number.NaN }] }, 'attributes[0] OUT_OF_RANGE'],
    [{ attributes: [{ ...range, unit: 'm'.repeat(201) }] }, 'attributes[0].unit TOO_LONG'],
    [{ attributes: [{ kind: 'nominal', name: 'texture', values: ['a', 'a'] }] }, 'attributes[0].values[1] REPEATED'],
  ])('is refused with %j', (changes, problem) => {
    expect(codesOf(changes)).toEqual([problem]);
  });
});

describe('the people of a project', () => {
  const begun = [created, adopted(1, protocol)];
  const member = { personId: personId(1), role: 'adjudicator' } as const;
  const added: ProjectEvent = { type: 'memberAdded', ...member };
  const removed: ProjectEvent = { type: 'memberRemoved', ...member };

  it('are listed for a role once, and taken off again', () => {
    expect(given(...begun).when({ type: 'addMember', ...member })).toEqual({ ok: true, events: [added] });
    expect(given(...begun, added).when({ type: 'addMember', ...member })).toEqual({ ok: true, events: [] });
    expect(given(...begun, added).when({ type: 'removeMember', ...member })).toEqual({ ok: true, events: [removed] });
    expect(given(...begun, added, removed).state).toMatchObject({ members: new Map([['adjudicator', new Set()]]) });
  });

  it('are refused where they are not on the list, or there is no project', () => {
    const other = { type: 'removeMember', personId: personId(2), role: 'adjudicator' } as const;
    expect(given(...begun, added).when(other)).toEqual({ ok: false, refusal: { code: 'NOT_LISTED' } });
    expect(given(...begun, added).when({ ...other, personId: personId(1), role: 'lead' })).toMatchObject({ ok: false });
    expect(given().when({ type: 'addMember', ...member })).toEqual({ ok: false, refusal: { code: 'PROJECT_UNKNOWN' } });
  });

  it('stay when another protocol is adopted', () => {
    expect(given(...begun, added, adopted(2, other)).state).toMatchObject({
      protocolVersion: 2,
      members: new Map([['adjudicator', new Set([personId(1)])]]),
    });
  });

  it('are refused beyond as many as a role may have', () => {
    const many = Array.from({ length: membersMaximum }, (_, at): ProjectEvent => ({
      type: 'memberAdded',
      personId: personId(at + 10),
      role: 'adjudicator',
    }));
    expect(given(...begun, ...many).when({ type: 'addMember', ...member })).toMatchObject({
      ok: false,
      refusal: { code: 'INVALID_PROJECT', problems: [{ code: 'TOO_MANY' }] },
    });
    expect(given(...begun, ...many).when({ type: 'addMember', ...member, role: 'lead' })).toMatchObject({ ok: true });
  });
});
