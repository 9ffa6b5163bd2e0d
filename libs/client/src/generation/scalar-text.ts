/** What each scalar is as JSON. Opaque and decimal ones are text: nothing of them may be lost on the way. */
const scalars: Readonly<Record<string, string>> = {
  ID: 'string',
  String: 'string',
  Int: 'number',
  Float: 'number',
  Boolean: 'boolean',
  DateTime: 'string',
  Decimal: 'string',
  Token: 'string',
  Cursor: 'string',
};

/** @throws for a scalar that is not known here: say what it is as JSON. */
export function scalarText(name: string): string {
  const text = scalars[name];
  if (text === undefined) throw new TypeError(`Scalar ${name} has no TypeScript type yet: add it to scalar-text.ts`);
  return text;
}
