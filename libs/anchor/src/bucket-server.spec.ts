import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/**
 * A bucket with Object Lock, as far as an anchor uses one: lists, reads, and takes an object once. Signatures are computed
 * here after the specification (AWS Signature Version 4), by other code than the client's, which its published examples check.
 */
export class BucketServer {
  readonly objects = new Map<string, Buffer>();
  /** Answers all requests with this status instead, if set. */
  failWith: number | undefined;
  requests = 0;
  readonly #server: Server;
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
    this.#server = createServer((request, response) => {
      void this.#handle(request, response);
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('it listens on a port');
    return `http://127.0.0.1:${String(address.port)}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const answer = (status: number, text: string | Buffer): void => void response.writeHead(status).end(text);
    const refuse = (status: number, code: string): void => answer(status, `<Error><Code>${code}</Code></Error>`);
    if (this.failWith !== undefined) {
      refuse(this.failWith, 'SlowDown');
      return;
    }
    if (!isSigned(request, body, { accessKeyId: 'anchor', secret: this.#secret })) {
      refuse(403, 'SignatureDoesNotMatch');
      return;
    }
    const url = new URL(request.url ?? '/', 'http://bucket');
    const [, bucket, ...rest] = url.pathname.split('/');
    const key = decodeURIComponent(rest.join('/'));
    if (bucket !== 'heads') refuse(404, 'NoSuchBucket');
    else if (request.method === 'GET' && url.searchParams.get('list-type') === '2')
      answer(200, this.#list(url.searchParams));
    else if (request.method === 'GET') {
      const found = this.objects.get(key);
      if (found === undefined) refuse(404, 'NoSuchKey');
      else answer(200, found);
    } else if (request.method === 'PUT') this.#put(key, body, request, answer, refuse);
    else refuse(405, 'MethodNotAllowed');
  }

  #put(
    key: string,
    body: Buffer,
    { headers }: IncomingMessage,
    answer: (status: number, text: string) => void,
    refuse: (status: number, code: string) => void,
  ): void {
    // As a bucket with a default retention demands it.
    if (headers['content-md5'] !== createHash('md5').update(body).digest('base64')) refuse(400, 'InvalidDigest');
    else if (this.objects.has(key)) refuse(412, 'PreconditionFailed');
    else if (headers['if-none-match'] !== '*') refuse(403, 'AccessDenied');
    else {
      this.objects.set(key, body);
      answer(200, '');
    }
  }

  #list(query: URLSearchParams): string {
    const [prefix, after] = [query.get('prefix') ?? '', query.get('start-after') ?? ''];
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    const contents = keys
      .slice(0, Number(query.get('max-keys') ?? 1_000))
      .map((key) => `<Contents><Key>${key}</Key></Contents>`);
    return `<?xml version="1.0"?><ListBucketResult>${contents.join('')}</ListBucketResult>`;
  }
}

const hex = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Whether this key signed just this request, in its headers. */
export function isSigned(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: Buffer,
  { accessKeyId, secret }: { readonly accessKeyId: string; readonly secret: string },
): boolean {
  const [, signer, scope = '', signed = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    ) ?? [];
  if (signer !== accessKeyId) return false;
  const [date = '', region = '', service = ''] = scope.split('/');
  const contentHash = String(request.headers['x-amz-content-sha256']);
  if (contentHash !== 'UNSIGNED-PAYLOAD' && contentHash !== hex(body)) return false;
  const url = new URL(request.url ?? '/', 'http://bucket');
  const encode = (text: string): string =>
    encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const query = [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const headers = signed
    .split(';')
    .map((name) => `${name}:${String(request.headers[name]).trim()}\n`)
    .join('');
  const canonical = [request.method, url.pathname, query, headers, signed, contentHash].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', String(request.headers['x-amz-date']), scope, hex(canonical)].join('\n');
  const key = [region, service, 'aws4_request'].reduce((last, part) => hmac(last, part), hmac(`AWS4${secret}`, date));
  return hmac(key, toSign).toString('hex') === signature;
}
