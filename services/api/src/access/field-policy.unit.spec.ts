import { describe, expect, it } from '@jest/globals';
import { actions, mayDo, roles } from '@consilium/domain';
import fc from 'fast-check';
import {
  buildSchema,
  getNamedType,
  getOperationAST,
  type GraphQLNamedType,
  type GraphQLObjectType,
  isObjectType,
  isUnionType,
  parse,
  validate,
} from 'graphql';
import { readSchemaText } from '../schema/read-schema.ts';
import { FieldPolicy, UnguardedField } from './field-policy.ts';
import { isGiven } from '../schema/is-given.ts';

const sdl = readSchemaText();
const schema = buildSchema(sdl);
const policy = new FieldPolicy(schema);

function forbidden(role: (typeof roles)[number], query: string, name?: string): readonly string[] {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document, name);
  if (!isGiven(operation)) throw new Error('no operation');
  return policy.forbidden(role, document, operation);
}

/** Types that a role may come to by fields that it may select, and may then select nothing of. */
function unreadableFor(role: (typeof roles)[number]): readonly string[] {
  const waiting = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(isGiven);
  const reached = new Set<GraphQLObjectType>(waiting);
  for (let type = waiting.pop(); type !== undefined; type = waiting.pop()) {
    const { name: parent } = type;
    const readable = Object.values(type.getFields()).filter(({ name }) => policy.mayRead(role, `${parent}.${name}`));
    for (const next of readable.flatMap((field) => objectsOf(getNamedType(field.type)))) {
      if (!reached.has(next)) waiting.push(next);
      reached.add(next);
    }
  }
  return [...reached]
    .filter((type) => Object.keys(type.getFields()).every((name) => !policy.mayRead(role, `${type.name}.${name}`)))
    .map(({ name }) => name);
}

const objectsOf = (type: GraphQLNamedType): readonly GraphQLObjectType[] =>
  isUnionType(type) ? type.getTypes() : isObjectType(type) ? [type] : [];

describe('field policy', () => {
  it('guards every field of the schema', () => {
    expect(() => new FieldPolicy(schema)).not.toThrow();
  });

  it('finds a field that nothing guards', () => {
    const modified = sdl.replace('type Viewer @policy(action: "self.read") {', 'type Viewer {');
    expect(modified).not.toBe(sdl);
    expect(() => new FieldPolicy(buildSchema(modified))).toThrow(new UnguardedField(['Viewer.id', 'Viewer.role']));
  });

  it('finds a root field that nothing guards', () => {
    const modified = `${sdl}\nextend type Query { backdoor: String }`;
    expect(() => new FieldPolicy(buildSchema(modified))).toThrow(new UnguardedField(['Query.backdoor']));
  });

  it('takes an action that the policy does not know for none', () => {
    const modified = `${sdl}\nextend type Query { backdoor: String @policy(action: "anything.goes") }`;
    expect(() => new FieldPolicy(buildSchema(modified))).toThrow(UnguardedField);
  });

  it('allows a field exactly to the roles that may do its action', () => {
    fc.assert(
      fc.property(fc.constantFrom(...roles), fc.constantFrom(...actions), (role, action) => {
        const probe = buildSchema(`
          directive @policy(action: String!) on FIELD_DEFINITION | OBJECT | INTERFACE
          type Query { probe: String @policy(action: "${action}") }`);
        const document = parse('{ probe }');
        const operation = getOperationAST(document);
        if (!isGiven(operation)) throw new Error('no operation');
        const refused = new FieldPolicy(probe).forbidden(role, document, operation);
        expect(refused).toEqual(mayDo(role, action) ? [] : ['Query.probe']);
      }),
    );
  });

  it('looks into fragments, inline ones and those within others', () => {
    const query = `query { case(id: "x") { ...outer } }
      fragment outer on Case { id ...inner }
      fragment inner on Case { ... on Case { hidden: annotations { id } } }`;
    expect(forbidden('operator', query)).toEqual(['Query.case', 'Case.id', 'Case.annotations', 'AnnotationRecord.id']);
    expect(forbidden('reviewer', query)).toEqual([]);
  });

  it('judges one operation of a document by itself', () => {
    const document = `query Look { me { id } } mutation Work { renewLease(input: { caseId: "x", leaseToken: "y" }) { __typename } }`;
    expect(forbidden('auditor', document, 'Look')).toEqual([]);
    expect(forbidden('auditor', document, 'Work')).toEqual(['Mutation.renewLease']);
  });

  it('lets whoever may ask a question or give a command read the answers to it', () => {
    expect(roles.flatMap((role) => unreadableFor(role).map((type) => `${role}: ${type}`))).toEqual([]);
  });

  it('keeps what an annotator must not know of the work of others out of reach', () => {
    expect(forbidden('annotator', '{ changes { cursor } }')).toEqual(['Query.changes', 'ChangePage.cursor']);
    expect(forbidden('annotator', '{ project(id: "x") { annotators { personId } } }')).toEqual([
      'Project.annotators',
      'Annotator.personId',
    ]);
  });
});
