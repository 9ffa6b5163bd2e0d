import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AnchorUnavailable } from './anchor.ts';
import { BucketAnchor } from './bucket-anchor.ts';
import { BucketServer } from './bucket-server.spec.ts';
import { anchorContract } from './contract/anchor-contract.spec.ts';

const secret = 'a secret of the bucket';
const options = { region: 'eu-central-1', accessKeyId: 'anchor', secretAccessKey: secret };

for (const prefix of ['', '/consilium/of-this-log/']) {
  anchorContract(`an anchor that is a bucket${prefix === '' ? '' : ' with a prefix'}`, async () => {
    const server = new BucketServer(secret);
    const url = await server.listen();
    const folder = prefix.slice(1);
    if (folder !== '') server.objects.set('another/checkpoint-0000000000000009.txt', Buffer.from('of another log'));
    return {
      anchor: new BucketAnchor({ ...options, url: `${url}/heads${prefix}` }),
      addStranger: async (name) => {
        server.objects.set(`${folder}${name}`, Buffer.from('x'));
      },
      close: async () => server.close(),
    };
  });
}

describe('a bucket', () => {
  let server: BucketServer;
  let url: string;

  beforeEach(async () => {
    server = new BucketServer(secret);
    url = `${await server.listen()}/heads`;
  });

  afterEach(async () => {
    await server.close();
  });

  it('that refuses is unavailable, with its code and without a secret', async () => {
    const anchor = new BucketAnchor({ ...options, secretAccessKey: 'not the secret', url });
    const failure: unknown = await anchor.put({ size: 1, note: 'n\n' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AnchorUnavailable);
    expect(String(failure)).toContain('403 (SignatureDoesNotMatch)');
    expect(JSON.stringify(failure)).not.toContain('not the secret');
    expect(server.objects.size).toBe(0);
  });

  it('that is overloaded is tried again, and then unavailable', async () => {
    server.failWith = 503;
    await expect(new BucketAnchor({ ...options, url }).newest()).rejects.toThrow('503 (SlowDown)');
    expect(server.requests).toBeGreaterThan(1);
  });

  it('that is away or of another name is unavailable', async () => {
    await expect(new BucketAnchor({ ...options, url: `${url}-of-nobody` }).newest()).rejects.toThrow(
      '404 (NoSuchBucket)',
    );
    await server.close();
    await expect(new BucketAnchor({ ...options, url }).newest()).rejects.toThrow(AnchorUnavailable);
    server = new BucketServer(secret);
    await server.listen();
  });
});
