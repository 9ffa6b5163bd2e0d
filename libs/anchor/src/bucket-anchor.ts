import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import type { Anchor, AnchoredHead } from './anchor.ts';
import { AnchorConflict, AnchorUnavailable } from './anchor.ts';
import { headName, sizeOfName } from './head-name.ts';

export interface BucketOptions {
  /** `https://s3.eu-central-1.amazonaws.com/bucket` or with a prefix behind it; path style, so any server that speaks S3 will do. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** Of one request. @default 10000 */
  readonly timeoutMs?: number;
}

const retries = 2;
const keysPerPage = 1_000;
const largestSize = 9_999_999_999_999_998;

/**
 * A bucket that speaks S3, with an object for each checkpoint. Objects are made on condition that none is there
 * (If-None-Match), and carry their MD5, which a bucket with Object Lock demands. That nobody can remove them again is the
 * bucket's part: docs/ARCHITECTURE.md says how to set it up.
 */
export class BucketAnchor implements Anchor {
  readonly #client: AwsClient;
  readonly #bucket: URL;
  /** Empty, or ends with a slash. */
  readonly #prefix: string;
  readonly #timeoutMs: number;

  constructor({ url, region, accessKeyId, secretAccessKey, sessionToken, timeoutMs = 10_000 }: BucketOptions) {
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
    this.#client = new AwsClient({ ...credentials, region, service: 's3', retries });
    const given = new URL(url);
    const [bucket = '', ...folders] = given.pathname.split('/').filter((part) => part !== '');
    this.#bucket = new URL(`/${bucket}`, given);
    this.#prefix = folders.length === 0 ? '' : `${folders.join('/')}/`;
    this.#timeoutMs = timeoutMs;
  }

  /** By halving, since a bucket lists from the smallest name on: at most 54 short requests, at the start of a process. */
  async newest(): Promise<AnchoredHead | undefined> {
    let newest: number | undefined;
    let [from, to] = [0, largestSize];
    while (from <= to) {
      const middle = from + Math.floor((to - from) / 2);
      const found = await this.#firstFrom(middle);
      if (found === undefined) {
        to = middle - 1;
      } else {
        newest = found;
        from = found + 1;
      }
    }
    return newest === undefined ? undefined : this.#read(newest);
  }

  async put({ size, note }: AnchoredHead): Promise<void> {
    const body = Buffer.from(note, 'utf8');
    const response = await this.#ask(this.#urlOf(size), {
      method: 'PUT',
      body,
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'content-md5': createHash('md5').update(body).digest('base64'),
        'if-none-match': '*',
        'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
      },
    });
    if (response.ok) return;
    if (response.status !== 412) throw await refused(response);
    if ((await this.#read(size)).note !== note) throw new AnchorConflict(size);
  }

  async *heads(onStranger: (name: string) => void): AsyncGenerator<AnchoredHead> {
    for (let after = ''; ;) {
      const names = await this.#list(after, keysPerPage);
      for (const name of names) {
        const size = sizeOfName(name);
        if (size === undefined) onStranger(name);
        else yield await this.#read(size);
      }
      const last = names.at(-1);
      if (last === undefined) return;
      after = last;
    }
  }

  /** The smallest size that is there from this one on. */
  async #firstFrom(size: number): Promise<number | undefined> {
    for (let after = size === 0 ? '' : headName(size - 1); ;) {
      const [name] = await this.#list(after, 1);
      if (name === undefined) return undefined;
      const found = sizeOfName(name);
      if (found !== undefined) return found;
      after = name;
    }
  }

  /** Names behind the prefix after this one, in their order. */
  async #list(after: string, most: number): Promise<readonly string[]> {
    const url = new URL(this.#bucket);
    const query = {
      'list-type': '2',
      prefix: this.#prefix,
      'start-after': `${this.#prefix}${after}`,
      'max-keys': String(most),
    };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const response = await this.#ask(url, { method: 'GET' });
    if (!response.ok) throw await refused(response);
    const keys = [...(await response.text()).matchAll(/<Key>([^<]*)<\/Key>/g)];
    return keys.map(([, key = '']) => key.slice(this.#prefix.length));
  }

  async #read(size: number): Promise<AnchoredHead> {
    const response = await this.#ask(this.#urlOf(size), { method: 'GET' });
    if (!response.ok) throw await refused(response);
    return { size, note: await response.text() };
  }

  #urlOf(size: number): URL {
    return new URL(`${this.#bucket.href}/${this.#prefix}${headName(size)}`);
  }

  async #ask(url: URL, init: RequestInit): Promise<Response> {
    try {
      return await this.#client.fetch(url, { ...init, signal: AbortSignal.timeout(this.#timeoutMs) });
    } catch (error) {
      throw new AnchorUnavailable('the anchor bucket cannot be reached', { cause: error });
    }
  }
}

/** With the code that S3 gives, and nothing of the request. */
async function refused(response: Response): Promise<AnchorUnavailable> {
  const code = /<Code>([A-Za-z]{1,60})<\/Code>/.exec(await response.text())?.[1] ?? 'no code';
  return new AnchorUnavailable(`the anchor bucket answered ${String(response.status)} (${code})`);
}
