import { type Action, actions, mayDo, type Role } from '@consilium/domain';
import {
  type DocumentNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** A field that anybody could read, or whose action the policy does not know: the server must not start with it. */
export class UnguardedField extends Error {
  override readonly name = 'UnguardedField';
  /** `Type.field` */
  readonly fields: readonly string[];

  constructor(fields: readonly string[]) {
    super(`no known @policy action guards ${fields.join(', ')}`);
    this.fields = fields;
  }
}

/** Operations of one document, each with a verdict a role: both are few, and clients send the same documents again. */
type Verdicts = Map<string, readonly string[]>;

/**
 * Which action of the access policy (libs/domain) guards each field. Whoever may not do it may not select the field:
 * this is decided from the document alone, before anything is executed, and once for each document and role.
 */
export class FieldPolicy {
  readonly #schema: GraphQLSchema;
  readonly #actions: ReadonlyMap<string, Action>;
  readonly #verdicts = new WeakMap<DocumentNode, Verdicts>();

  /** @throws UnguardedField */
  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
    this.#actions = readActions(schema);
  }

  /** The fields of an operation, as `Type.field`, that this role may not select; empty when it may run. */
  forbidden(role: Role, document: DocumentNode, operation: OperationDefinitionNode): readonly string[] {
    const verdicts = this.#verdicts.get(document) ?? new Map<string, readonly string[]>();
    this.#verdicts.set(document, verdicts);
    const key = `${role} ${operation.name?.value ?? ''}`;
    const known = verdicts.get(key) ?? this.#judge(role, document, operation);
    verdicts.set(key, known);
    return known;
  }

  #judge(role: Role, document: DocumentNode, operation: OperationDefinitionNode): readonly string[] {
    const fields = new Set<string>();
    for (const definition of [operation, ...fragmentsOf(document, operation)]) {
      const typeInfo = new TypeInfo(this.#schema);
      visit(
        definition,
        visitWithTypeInfo(typeInfo, {
          Field: ({ name }) => {
            const parent = typeInfo.getParentType();
            fields.add(`${parent?.name ?? '?'}.${name.value}`);
          },
        }),
      );
    }
    return [...fields].filter((field) => !this.mayRead(role, field));
  }

  /**
   * @param field as `Type.field`. Introspection (its types and the fields `__typename`, `__schema`, `__type`) is allowed or not for everybody
   * alike.
   */
  mayRead(role: Role, field: string): boolean {
    if (field.startsWith('__') || field.includes('.__')) return true;
    const action = this.#actions.get(field);
    return action !== undefined && mayDo(role, action);
  }
}

/** Every fragment an operation reaches, through other fragments too. */
function fragmentsOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): readonly DocumentNode['definitions'][number][] {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const reached = new Set<DocumentNode['definitions'][number]>();
  const waiting: DocumentNode['definitions'][number][] = [operation];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    visit(next, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (fragment === undefined || reached.has(fragment)) return;
        reached.add(fragment);
        waiting.push(fragment);
      },
    });
  }
  return [...reached];
}

function readActions(schema: GraphQLSchema): ReadonlyMap<string, Action> {
  const guarded = new Map<string, Action>();
  const unguarded: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) continue;
    for (const field of Object.values(type.getFields())) {
      const action = actionOf(field) ?? actionOf(type);
      if (action === undefined) unguarded.push(`${type.name}.${field.name}`);
      else guarded.set(`${type.name}.${field.name}`, action);
    }
  }
  if (unguarded.length > 0) throw new UnguardedField(unguarded);
  return guarded;
}

/** Of a type in several parts (`extend type`) any part may carry the directive. */
function actionOf(guarded: GraphQLField<unknown, unknown> | GraphQLNamedType): Action | undefined {
  const extensions = 'extensionASTNodes' in guarded ? guarded.extensionASTNodes : [];
  const directives = [guarded.astNode, ...extensions].flatMap((node) => node?.directives ?? []);
  const value = directives.find(({ name }) => name.value === 'policy')?.arguments?.[0]?.value;
  return value?.kind === Kind.STRING ? actions.find((action) => action === value.value) : undefined;
}
