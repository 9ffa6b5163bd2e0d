import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';

interface Wanted {
  readonly plaintext?: string;
  readonly ciphertext?: string;
  readonly additionalAuthenticatedData?: string;
}

/** `encrypt` and `decrypt` of Google Cloud KMS on this machine: keys that never leave it, AES-256-GCM, bearer tokens. */
export class KeyService {
  token = 'first token';
  /** The next answers, instead of the real ones; 0 breaks the connection, -1 never answers. */
  readonly failures: number[] = [];
  /** Bodies and tokens, as they came. */
  readonly calls: { readonly verb: string; readonly authorization: string | undefined }[] = [];
  /** Versions of each key, the first is version 1; what is destroyed is gone. The last one wraps. */
  readonly #keys = new Map<string, (Uint8Array | undefined)[]>();
  readonly #server: Server;

  private constructor(keyIds: readonly string[]) {
    for (const keyId of keyIds) this.#keys.set(keyId, [randomBytes(32)]);
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(...keyIds: readonly string[]): Promise<KeyService> {
    const service = new KeyService(keyIds);
    await new Promise<void>((resolve) => service.#server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  rotate(keyId: string): void {
    this.#keys.get(keyId)?.push(randomBytes(32));
  }

  destroyFirstVersion(keyId: string): void {
    this.#keys.get(keyId)?.fill(undefined, 0, 1);
  }

  get url(): string {
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the key service does not listen');
    return `http://127.0.0.1:${String(address.port)}/v1`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, keyId = '', verb = ''] = /^\/v1\/(.+):(encrypt|decrypt)$/.exec(request.url ?? '') ?? [];
    const { authorization } = request.headers;
    this.calls.push({ verb, authorization });
    const wanted = (await json(request)) as Wanted;
    const failure = this.failures.shift();
    if (failure === -1) return;
    if (failure === 0) {
      response.destroy();
      return;
    }
    const answer = failure ?? this.#outcome(keyId, verb, authorization, wanted);
    response.writeHead(typeof answer === 'number' ? answer : 200, { 'content-type': 'application/json' });
    // As services do, an error tells what was sent: nobody may pass that on.
    response.end(JSON.stringify(typeof answer === 'number' ? { error: { message: JSON.stringify(wanted) } } : answer));
  }

  #outcome(keyId: string, verb: string, authorization: string | undefined, wanted: Wanted): object | number {
    if (authorization !== `Bearer ${this.token}`) return 401;
    const versions = this.#keys.get(keyId);
    if (versions === undefined) return 404;
    const bound = Buffer.from(wanted.additionalAuthenticatedData ?? '', 'base64');
    if (verb === 'encrypt') {
      const [key, nonce] = [versions.at(-1) ?? Buffer.alloc(0), randomBytes(12)];
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound);
      const text = Buffer.concat([cipher.update(Buffer.from(wanted.plaintext ?? '', 'base64')), cipher.final()]);
      return {
        name: `${keyId}/cryptoKeyVersions/${String(versions.length)}`,
        ciphertext: Buffer.concat([Buffer.of(versions.length), nonce, text, cipher.getAuthTag()]).toString('base64'),
      };
    }
    const [version = 0, ...rest] = Buffer.from(wanted.ciphertext ?? '', 'base64');
    const bytes = Buffer.from(rest);
    try {
      const key = versions[version - 1] ?? Buffer.alloc(0);
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(bound);
      decipher.setAuthTag(bytes.subarray(-16));
      const text = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
      return { plaintext: text.toString('base64') };
    } catch {
      return 400;
    }
  }
}
