import { describe, expect, it } from '@jest/globals';
import { ConsiliumClient } from '@consilium/client';
import type { CaseInput, ImportCasesInput } from '@consilium/client';
import { CaseSender, type SentCase } from './send-cases.ts';

const caseOf = (number: number, textLength = 10): CaseInput => ({
  externalKey: `case ${String(number)}`,
  subjectKey: 'person',
  position: number,
  images: [{ key: 'a', rows: 1, columns: 1 }],
  sentences: [{ key: '1', en: 'x'.repeat(textLength) }],
});

/** Answers like the api, or as `answerOf` says. */
function sender(answerOf?: (call: number) => object | undefined) {
  const asked: ImportCasesInput[] = [];
  const sent: SentCase[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const { variables } = JSON.parse(typeof init?.body === 'string' ? init.body : '') as {
      readonly variables: { readonly input: ImportCasesInput };
    };
    asked.push(variables.input);
    underWay += 1;
    mostUnderWay = Math.max(mostUnderWay, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    const rows = variables.input.cases.map(({ externalKey }) => ({
      outcome: 'IMPORTED',
      caseId: externalKey,
      problems: [],
    }));
    const importCases = answerOf?.(asked.length) ?? { __typename: 'CasesImported', rows, token: 't' };
    return new Response(JSON.stringify({ data: { importCases } }));
  };
  const client = new ConsiliumClient({ url: 'http://api.test/graphql', token: 't', fetch });
  const cases = new CaseSender(client, 'p', async (batch) => void sent.push(...batch));
  const add = async (one: CaseInput): Promise<void> =>
    cases.add({ place: { row: one.position, byteOffset: 0 }, case: one });
  return { cases, add, asked, sent, mostUnderWay: () => mostUnderWay };
}

describe('cases that are sent', () => {
  it('go a hundred at a time, two batches under way, and each is answered', async () => {
    const { cases, add, asked, sent, mostUnderWay } = sender();
    for (let number = 0; number < 450; number += 1) await add(caseOf(number));
    await cases.end();
    expect(asked.map((input) => input.cases.length).toSorted((one, other) => other - one)).toEqual([
      100, 100, 100, 100, 50,
    ]);
    expect(new Set(asked.map(({ commandId }) => commandId)).size).toBe(5);
    expect(mostUnderWay()).toBe(2);
    expect(sent.every(({ case: given, outcome }) => given.externalKey === outcome.caseId)).toBe(true);
    expect(new Set(sent.map(({ place }) => place.row)).size).toBe(450);
  });

  it('go in fewer where they are long, so that a request stays below what the api takes', async () => {
    const { cases, add, asked } = sender();
    for (let number = 0; number < 10; number += 1) await add(caseOf(number, 200_000));
    await cases.end();
    expect(asked.map((input) => input.cases.length)).toEqual([3, 3, 3, 1]);
  });

  it('are sent again under the same id while others are at it', async () => {
    const { cases, add, asked, sent } = sender((call) =>
      call === 1 ? { __typename: 'Contended', message: 'again' } : undefined,
    );
    await add(caseOf(1));
    await cases.end();
    expect(asked[1]).toEqual(asked[0]);
    expect(sent).toHaveLength(1);
  });

  it('end with what the api says, where it takes none', async () => {
    const { cases, add } = sender(() => ({ __typename: 'NotFound', message: 'There is no such project.' }));
    await add(caseOf(1));
    await expect(cases.end()).rejects.toThrow('There is no such project.');
  });
});
