import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  claimCase,
  ConsiliumClient,
  createProject,
  importCases,
  registerAnnotator,
  submitAnnotation,
  wholeCase,
} from '@consilium/client';
import type { AnnotationInput, WholeCaseData } from '@consilium/client';
import type { Browser, Locator, Page } from 'playwright-core';
import { findChromium, launchChromium, openPage } from './harness/browser.ts';
import type { WatchedPage } from './harness/browser.ts';
import { describeWhere } from './harness/describe-where.ts';
import { serversOfRun, startSystem } from './harness/system-under-test.ts';
import type { SystemUnderTest } from './harness/system-under-test.ts';
import { waitUntil } from './harness/wait-until.ts';

const installed = findChromium();
const describeInBrowser = describeWhere(
  installed !== undefined,
  'The console is not tried in a browser: no Chromium on the PATH (Debian: apt install chromium).',
);

interface NoduleBox {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** Four reads that nearly agree: their medians are 312.5, 200, 331, 219.5. */
const agreeing: readonly NoduleBox[] = [
  { x1: 312, y1: 200, x2: 330, y2: 219 },
  { x1: 313, y1: 201, x2: 331, y2: 220 },
  { x1: 311, y1: 199, x2: 331, y2: 219 },
  { x1: 314, y1: 200, x2: 332, y2: 221 },
];

describeInBrowser('the console', () => {
  let system: SystemUnderTest;
  let browser: Browser | undefined;
  let clients: readonly ConsiliumClient[] = [];
  let lead: ConsiliumClient;
  let caseIds: readonly string[] = [];
  let origin = '';
  let watched: WatchedPage;
  const all: WatchedPage[] = [];

  const open = async (options: Parameters<typeof openPage>[2] = {}): Promise<WatchedPage> => {
    const opened = await openPage(started(browser), origin, options);
    all.push(opened);
    return opened;
  };

  beforeAll(async () => {
    system = await startSystem(serversOfRun());
    origin = system.api.url;
    const clientOf = (name: string): ConsiliumClient =>
      new ConsiliumClient({ url: `${origin}/graphql`, token: system.person(name).token, attempts: 30 });
    lead = clientOf('lead');
    clients = [1, 2, 3, 4].map((number) => clientOf(`annotator-${number}`));
    caseIds = await importTwoCases(lead, system);
    for (const [index, client] of clients.entries()) await read(client, at(caseIds, 0), at(agreeing, index));
    await consensusOf(lead, at(caseIds, 0));
    // The second waits for its fourth read; two marked it and one found nothing.
    await read(at(clients, 0), at(caseIds, 1), at(agreeing, 0));
    await read(at(clients, 1), at(caseIds, 1), at(agreeing, 1));
    await read(at(clients, 2), at(caseIds, 1), undefined);
    browser = await launchChromium(installed ?? '');
    watched = await open();
  });

  afterAll(async () => {
    await browser?.close();
    await Promise.all([lead, ...clients].map((client) => client.close()));
    await system.stop();
  });

  it('signs in by the link of npm start, and takes the token out of the address at once', async () => {
    const { page } = watched;
    await page.goto(`${origin}/#token=${system.person('lead').token}`);
    await page.getByRole('heading', { name: 'Projects' }).waitFor();
    expect(page.url()).toBe(`${origin}/#/`);
    expect(await page.locator('.top-bar').innerText()).toContain('lead');
  });

  it('leads from the project and its progress to a case', async () => {
    const { page } = watched;
    await page.getByRole('link', { name: 'Nodules' }).click();
    await page.getByRole('heading', { name: 'Nodules' }).waitFor();
    await countToBe(page.getByRole('row'), 3);
    await page.getByRole('link', { name: /Settled/ }).click();
    await countToBe(page.getByRole('row'), 2);
    await page.getByRole('link', { name: 'nodule 1' }).click();
    await page.getByRole('heading', { name: 'Case 1' }).waitFor();
    expect(await page.title()).toBe('Case 1 · Consilium');
  });

  it('draws each reader’s box and the consensus where they are', async () => {
    const { page } = watched;
    const drawn = page.locator('.mark--read');
    await countToBe(drawn, 4);
    expect(await Promise.all((await drawn.all()).map(edgesOf))).toEqual(agreeing);
    const consensus = page.locator('.mark--consensus');
    expect(await consensus.count()).toBe(1);
    expect(await edgesOf(consensus)).toEqual({ x1: 312.5, y1: 200, x2: 331, y2: 219.5 });
    expect(await dashOfConsensus(page)).toBe('none');
    // The default view is that of the boxes, and the toggle shows the whole matrix.
    expect(await shownWidth(page)).toBeLessThan(120);
    await page.keyboard.press('z');
    await waitUntil('the whole image', async () => ((await shownWidth(page)) >= 512 ? true : undefined));
    await page.keyboard.press('z');
    await waitUntil('the boxes', async () => ((await shownWidth(page)) < 120 ? true : undefined));
  });

  it('lights up the members of a consensus that has the focus', async () => {
    const { page } = watched;
    await page.locator('.mark--consensus').focus();
    await countToBe(page.locator('.mark--lit'), 5);
  });

  it('hides a reader by the legend', async () => {
    const { page } = watched;
    await page.getByRole('checkbox', { name: /Reader 2/ }).uncheck();
    await countToBe(page.locator('.mark--read'), 3);
    await page.getByRole('checkbox', { name: /Reader 2/ }).check();
  });

  it('says in a table what each read says, and names no reader where the source names none', async () => {
    const { page } = watched;
    const rows = await page.locator('.readings tbody tr').allInnerTexts();
    expect(rows).toHaveLength(5);
    expect(rows[0]?.replaceAll(/\s+/g, ' ')).toContain('Reader 1 nodule 312, 200 to 330, 219 18 × 19 4');
    expect(rows[4]?.replaceAll(/\s+/g, ' ')).toContain('Consensus Present, 4 of 4');
    const page1 = await page.locator('main').innerText();
    for (const { personId } of [1, 2, 3, 4].map((number) => system.person(`annotator-${number}`))) {
      expect(page1).not.toContain(personId.slice(0, 8));
    }
  });

  it('shows the report in both languages', async () => {
    const { page } = watched;
    expect(await page.locator('.sentence [lang=es]').innerText()).toBe('Nódulo pulmonar.');
    expect(await page.locator('.sentence [lang=en]').innerText()).toBe('Lung nodule.');
  });

  it('tells the history in order', async () => {
    await watched.page.getByText('Consensus reached').waitFor();
    const events = await watched.page.locator('.timeline__what').allInnerTexts();
    expect(events).toEqual([
      'Case imported',
      ...Array.from({ length: 4 }, () => ['Read claimed', 'Annotation submitted']).flat(),
      'Reads completed',
      'Consensus reached',
    ]);
  });

  it('goes to the next case by j and back by k', async () => {
    const { page } = watched;
    await page.goto(`${origin}/#/cases/${at(caseIds, 0)}`);
    await page.getByRole('button', { name: 'Next' }).waitFor();
    await waitUntil('the neighbours', async () =>
      (await page.getByRole('button', { name: 'Next' }).isEnabled()) ? true : undefined,
    );
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: 'Case 2' }).waitFor();
    await waitUntil('the neighbours', async () =>
      (await page.getByRole('button', { name: 'Previous' }).isEnabled()) ? true : undefined,
    );
    await page.keyboard.press('k');
    await page.getByRole('heading', { name: 'Case 1' }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: 'Case 2' }).waitFor();
  });

  it('hides the other reads from an annotator who has not read, and says why', async () => {
    const { page } = await open();
    await page.goto(`${origin}/#token=${system.person('annotator-4').token}`);
    await page.getByRole('heading', { name: 'Projects' }).waitFor();
    await page.goto(`${origin}/#/cases/${at(caseIds, 1)}`);
    await page.getByText('You are blinded until').waitFor();
    await page.getByText('Case imported').waitFor();
    expect(await page.locator('.timeline__what').allInnerTexts()).toEqual(['Case imported']);
    expect(await page.locator('.mark').count()).toBe(0);
  });

  it('shows what happens while one looks, and a disagreement as a dashed line', async () => {
    const { page } = watched;
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.locator('.mark--consensus').count()).toBe(0);
    await read(at(clients, 3), at(caseIds, 1), undefined);
    await page.locator('.mark--consensus.mark--disputed').waitFor({ timeout: 60_000 });
    expect(await dashOfConsensus(page)).toMatch(/\d/);
    await page.getByText('Disagreement found').waitFor();
    expect(await page.locator('.page-heading .status').innerText()).toBe('Disputed');
  });

  it('fits a screen 380 pixels wide, also in the dark', async () => {
    const { page } = await open({ viewport: { width: 380, height: 800 }, colorScheme: 'dark' });
    await page.goto(`${origin}/#token=${system.person('auditor').token}`);
    await page.getByRole('heading', { name: 'Projects' }).waitFor();
    for (const path of [`#/cases/${at(caseIds, 0)}`, '#/']) {
      await page.goto(`${origin}/${path}`);
      await page.locator('main h1').waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(380);
    }
  });

  it('says in words that there is nothing, that one may not, and that a token is no good', async () => {
    // Refused requests are what this is about, so its faults are not counted.
    const { page } = await openPage(started(browser), origin);
    await page.goto(`${origin}/#token=${system.person('operator').token}`);
    await page.getByRole('link', { name: 'Nodules' }).click();
    await page.getByText('Your role does not include this').waitFor();
    await page.goto(`${origin}/#token=${system.person('lead').token}`);
    await page.getByRole('heading', { name: 'Projects' }).waitFor();
    await page.goto(`${origin}/#/cases/${randomUUID()}`);
    await page.getByText('Nothing is here for you').waitFor();
    await page.goto(`${origin}/#token=not.a.token`);
    await page.getByText('Your token is not accepted').waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
  });

  it('offers GraphiQL in development mode, signed in and with examples', async () => {
    const { page } = watched;
    await page.goto(`${origin}/graphiql/`);
    await page.getByRole('tab', { name: 'Claim' }).waitFor();
    expect(await page.getByRole('tab').allInnerTexts()).toEqual(['Projects', 'Claim', 'Submit', 'History', 'Follow']);
    await page.getByRole('button', { name: /^Execute query/ }).click();
    const result = page.locator('.result-window');
    expect(
      await waitUntil('an answer', async () => {
        const text = await result.innerText();
        return text.includes('"name"') || text.includes('"errors"') ? text : undefined;
      }),
    ).toContain('Nodules');
  });

  it('did all that within its content security policy, without an error and from this server alone', () => {
    expect(all.flatMap(({ faults }) => faults)).toEqual([]);
    expect(all.flatMap(({ foreign }) => foreign)).toEqual([]);
  });
});

async function importTwoCases(lead: ConsiliumClient, system: SystemUnderTest): Promise<readonly string[]> {
  const created = (
    await lead.request(createProject, {
      input: {
        commandId: randomUUID(),
        name: 'Nodules',
        protocol: {
          readsPerCase: 4,
          leaseSeconds: 3_600,
          openClaimsMaximum: 5,
          labels: [{ term: 'nodule' }],
          locations: [],
          attributes: [{ kind: 'ORDINAL', name: 'malignancy', minimum: 1, maximum: 5 }],
          matchingGate: 0.5,
          readerIdentity: 'NOT_PUBLISHED',
        },
      },
    })
  ).createProject;
  if (created.__typename !== 'ProjectCreated') throw new Error(created.message);
  const { projectId } = created;
  for (const number of [1, 2, 3, 4]) {
    const input = { commandId: randomUUID(), projectId, personId: system.person(`annotator-${number}`).personId };
    const answer = (await lead.request(registerAnnotator, { input })).registerAnnotator;
    if (answer.__typename !== 'AnnotatorRegistered') throw new Error(answer.message);
  }
  const cases = [1, 2].map((position) => ({
    externalKey: `nodule ${position}`,
    subjectKey: `person ${position}`,
    position,
    priority: 0,
    images: [{ key: 'slice', rows: 512, columns: 512, description: 'z = 100 mm' }],
    sentences:
      position === 1 ? [{ key: 's', es: 'Nódulo pulmonar.', en: 'Lung nodule.', origin: 'REPORT' as const }] : [],
  }));
  const imported = (await lead.request(importCases, { input: { commandId: randomUUID(), projectId, cases } }))
    .importCases;
  if (imported.__typename !== 'CasesImported') throw new Error(imported.message);
  return imported.rows.map(({ caseId }) => caseId ?? '');
}

/** Claims the case and answers it: a nodule in this box, or nothing there. */
async function read(client: ConsiliumClient, caseId: string, box: NoduleBox | undefined): Promise<void> {
  const claimed = (await client.request(claimCase, { input: { commandId: randomUUID(), caseId } })).claimCase;
  if (claimed.__typename !== 'Claimed') throw new Error(`claim: ${claimed.__typename}`);
  const annotation = annotationOf(claimed.case.images[0]?.id ?? '', box);
  const input = { commandId: randomUUID(), caseId, leaseToken: claimed.leaseToken, revision: 0, annotation };
  const submitted = (await client.request(submitAnnotation, { input })).submitAnnotation;
  if (submitted.__typename !== 'AnnotationSubmitted') throw new Error(`submit: ${submitted.__typename}`);
}

function annotationOf(imageId: string, box: NoduleBox | undefined): AnnotationInput {
  const flags = { imageQualityFlags: [], reportQualityFlags: [] };
  if (box === undefined) return { answer: 'NOTHING_THERE', findings: [], regions: [], ...flags };
  const edges = { x1: String(box.x1), y1: String(box.y1), x2: String(box.x2), y2: String(box.y2) };
  const finding = {
    polarity: 'POSITIVE' as const,
    labels: ['nodule'],
    locations: [],
    attributes: [{ name: 'malignancy', number: 4 }],
    regions: ['r'],
  };
  return {
    answer: 'FINDINGS',
    findings: [finding],
    regions: [{ key: 'r', imageId, system: 'PIXEL', ...edges }],
    ...flags,
  };
}

async function consensusOf(client: ConsiliumClient, id: string): Promise<WholeCaseData> {
  return waitUntil('the consensus', async () => {
    const shown = await client.request(wholeCase, { id });
    const { case: found } = shown;
    return found?.consensus === undefined || found.consensus === null ? undefined : shown;
  });
}

/** What the line of a mark is drawn along. */
async function edgesOf(mark: Locator): Promise<NoduleBox> {
  const line = mark.locator('.mark__line');
  const [x, y, width, height] = await Promise.all(
    ['x', 'y', 'width', 'height'].map(async (name) => Number(await line.getAttribute(name))),
  );
  return { x1: x ?? NaN, y1: y ?? NaN, x2: (x ?? NaN) + (width ?? NaN), y2: (y ?? NaN) + (height ?? NaN) };
}

/** Of the line of the one consensus on the page: `none` when it is solid. */
async function dashOfConsensus(page: Page): Promise<unknown> {
  return page.evaluate("getComputedStyle(document.querySelector('.mark--consensus .mark__line')).strokeDasharray");
}

/** What the page shows follows what was clicked by a moment. */
async function countToBe(found: Locator, count: number): Promise<void> {
  await waitUntil(`${count} of ${found.toString()}`, async () => ((await found.count()) === count ? true : undefined));
}

async function shownWidth(page: Page): Promise<number> {
  const box = await page.locator('.image-area').getAttribute('viewBox');
  return Number(box?.split(' ')[2]);
}

function started(browser: Browser | undefined): Browser {
  if (browser === undefined) throw new Error('The browser has not started.');
  return browser;
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new Error(`There is no item ${index}.`);
  return item;
}
