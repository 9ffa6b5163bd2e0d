import { Kind, concatAST, parse, print, separateOperations, stripIgnoredCharacters } from 'graphql';

/** Each operation with the fragments that it uses, by its name, as the client sends it. */
export function operationTexts(documents: readonly string[]): ReadonlyMap<string, string> {
  const whole = concatAST(documents.map((text) => parse(text, { noLocation: true })));
  const names = whole.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION && node.name !== undefined ? [node.name.value] : [],
  );
  const separated = separateOperations(whole);
  return new Map(
    names.flatMap((name) => {
      const own = separated[name];
      return own === undefined ? [] : [[name, stripIgnoredCharacters(print(own))]];
    }),
  );
}
