import {
  GraphQLError,
  type GraphQLNamedType,
  GraphQLScalarType,
  type GraphQLSchema,
  isScalarType,
  Kind,
} from 'graphql';

const refuse = (name: string): never => {
  throw new GraphQLError(`This is no ${name}.`, { extensions: { code: 'BAD_USER_INPUT' } });
};

const instantText = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;

/** UTC alone: an instant without a zone would mean something else to everybody. A day that no month has is none. */
function instantOf(text: string): number {
  const ms = instantText.test(text) ? Date.parse(text) : Number.NaN;
  return ms >= 0 && new Date(ms).toISOString().slice(0, 19) === text.slice(0, 19) ? ms : refuse('DateTime');
}

/** Epoch milliseconds inside, ISO 8601 outside. */
const dateTime = new GraphQLScalarType<number, string>({
  name: 'DateTime',
  serialize: (value) => (typeof value === 'number' ? new Date(value).toISOString() : refuse('DateTime')),
  parseValue: (value) => (typeof value === 'string' ? instantOf(value) : refuse('DateTime')),
  parseLiteral: (node) => (node.kind === Kind.STRING ? instantOf(node.value) : refuse('DateTime')),
});

/** Text as it was written; whether it is a decimal number is for the domain to say, with the path of the field. */
const decimal = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  serialize: (value) => (typeof value === 'string' ? value : refuse('Decimal')),
  parseValue: (value) => {
    if (typeof value === 'string') return value;
    return typeof value === 'number' ? String(value) : refuse('Decimal');
  },
  parseLiteral: (node) =>
    node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT ? node.value : refuse('Decimal'),
});

const opaque = (name: string): GraphQLScalarType<string, string> =>
  new GraphQLScalarType<string, string>({
    name,
    serialize: (value) => (typeof value === 'string' ? value : refuse(name)),
    parseValue: (value) => (typeof value === 'string' ? value : refuse(name)),
    parseLiteral: (node) => (node.kind === Kind.STRING ? node.value : refuse(name)),
  });

const scalars: readonly GraphQLScalarType[] = [dateTime, decimal, opaque('Token'), opaque('Cursor')];

/** What each scalar of the schema means, with the words that the SDL has for it: tools would drop those. */
export const scalarResolversOf = (schema: GraphQLSchema): Readonly<Record<string, GraphQLScalarType>> =>
  Object.fromEntries(scalars.map((scalar) => [scalar.name, describedAs(schema.getType(scalar.name), scalar)]));

function describedAs(declared: GraphQLNamedType | undefined, scalar: GraphQLScalarType): GraphQLScalarType {
  if (!isScalarType(declared)) throw new Error(`the schema has no scalar ${scalar.name}`);
  const { description, specifiedByURL } = declared;
  return new GraphQLScalarType({ ...scalar.toConfig(), description, specifiedByURL });
}
