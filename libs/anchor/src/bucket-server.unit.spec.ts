import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isSigned } from './bucket-server.spec.ts';

/**
 * The examples of "Signature Calculations for the Authorization Header", Amazon Simple Storage Service API Reference: without them
 * the client and the stand-in for a bucket would be judged by each other alone.
 */
const key = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const scope = `${key.accessKeyId}/20130524/us-east-1/s3/aws4_request`;

interface Example {
  readonly method: string;
  readonly url: string;
  /** Besides host, date and hash of the content, which all have. */
  readonly headers: Readonly<Record<string, string>>;
  readonly content: string;
  readonly signature: string;
}

const examples: readonly (readonly [string, Example])[] = [
  [
    'a part of an object',
    {
      method: 'GET',
      url: '/test.txt',
      headers: { range: 'bytes=0-9' },
      content: '',
      signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    },
  ],
  [
    'an object that is put, with a sign in its name',
    {
      method: 'PUT',
      url: '/test%24file.text',
      headers: { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
      content: 'Welcome to Amazon S3.',
      signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    },
  ],
  [
    'a list',
    {
      method: 'GET',
      url: '/?max-keys=2&prefix=J',
      headers: {},
      content: '',
      signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    },
  ],
];

function request({ method, url, headers, content, signature }: Example): Parameters<typeof isSigned>[0] {
  const all = {
    ...headers,
    host: 'examplebucket.s3.amazonaws.com',
    'x-amz-content-sha256': createHash('sha256').update(content).digest('hex'),
    'x-amz-date': '20130524T000000Z',
  };
  const signed = Object.keys(all).sort().join(';');
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope},SignedHeaders=${signed},Signature=${signature}`;
  return { method, url, headers: { ...all, authorization } };
}

describe.each(examples)('the signature of %s', (_what, example) => {
  const body = Buffer.from(example.content);

  it('is the published one', () => {
    expect(isSigned(request(example), body, key)).toBe(true);
  });

  it('is of nothing else, and of nobody else', () => {
    const others: readonly Example[] = [
      { ...example, method: 'DELETE' },
      { ...example, url: `${example.url}x` },
      { ...example, content: 'another' },
      { ...example, headers: { ...example.headers, 'x-amz-meta-added': '1' } },
    ];
    for (const other of others) expect(isSigned(request(other), Buffer.from(other.content), key)).toBe(false);
    expect(isSigned(request(example), Buffer.from('another'), key)).toBe(false);
    expect(isSigned(request(example), body, { ...key, secret: 'another' })).toBe(false);
    expect(isSigned(request(example), body, { ...key, accessKeyId: 'another' })).toBe(false);
  });
});
