import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import type { ProtectedText, SubjectId } from '@consilium/domain';
import { NotCanonical } from './canonical-json.ts';
import { freshRandomBytes } from './random-bytes.ts';

/** The key of everything written about one subject; destroying it makes that unreadable wherever it lies. */
export interface DataKey {
  readonly subjectId: SubjectId;
  readonly keyVersion: number;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** Where a sealed text stands. It is authenticated with it, so a ciphertext moved elsewhere does not open. */
export interface SealContext {
  readonly eventId: string;
  readonly type: string;
  /** Path within the payload, such as `annotation.findings.0.statement.es`. */
  readonly field: string;
}

type Sealed = Extract<ProtectedText, { readonly state: 'sealed' }>;

const tagBytes = 16;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96 bit nonce under the subject's data key.
 * @throws NotCanonical for a lone surrogate, which has no UTF-8 form: another text would be opened than was sealed
 */
export function sealText(text: string, dataKey: DataKey, context: SealContext): Sealed {
  if (!text.isWellFormed()) throw new NotCanonical('a lone surrogate has no UTF-8 form');
  const nonce = freshRandomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyObjectOf(dataKey), nonce).setAAD(additionalData(context));
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    state: 'sealed',
    keyVersion: dataKey.keyVersion,
    nonce: nonce.toString('base64'),
    ciphertext: ciphertext.toString('base64'),
  };
}

/** The text was changed, moved to another event or field, or sealed under another key. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** @throws SealBroken */
export function openText(sealed: Sealed, dataKey: DataKey, context: SealContext): string {
  const bytes = Buffer.from(sealed.ciphertext, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyObjectOf(dataKey), Buffer.from(sealed.nonce, 'base64'));
    decipher.setAAD(additionalData(context)).setAuthTag(bytes.subarray(bytes.length - tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - tagBytes)), decipher.final()]).toString(
      'utf8',
    );
  } catch (error) {
    throw new SealBroken(`a text of ${context.type} does not open`, { cause: error });
  }
}

/** A cipher made from raw bytes costs Node 24 three times as much as one made from a key object. */
const keyObjects = new WeakMap<DataKey, KeyObject>();

function keyObjectOf(dataKey: DataKey): KeyObject {
  const known = keyObjects.get(dataKey);
  if (known !== undefined) return known;
  const made = createSecretKey(dataKey.key);
  keyObjects.set(dataKey, made);
  return made;
}

/** The parts hold no NUL, so the joined form is unambiguous. */
const additionalData = ({ eventId, type, field }: SealContext): Buffer => Buffer.from(`${eventId}\0${type}\0${field}`);

/** Whether a value of a payload is a protected text in either form. */
export const isProtectedText = (value: object): value is ProtectedText =>
  'state' in value && (value.state === 'plain' || value.state === 'sealed');

/**
 * A copy of `value` in which `change` was applied to every protected text, told its path. Everything else is kept as it is.
 * One walk serves sealing (before an event is stored) and opening (when somebody may read).
 */
export function mapProtectedTexts<Value>(
  value: Value,
  change: (text: ProtectedText, field: string) => unknown,
  field = '',
): Value {
  return walk(value, change, field) as Value;
}

function walk(value: unknown, change: (text: ProtectedText, field: string) => unknown, field: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown, index) => walk(item, change, below(field, String(index))));
  if (isProtectedText(value)) return change(value, field);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, walk(member, change, below(field, key))]),
  );
}

const below = (field: string, key: string): string => (field === '' ? key : `${field}.${key}`);
