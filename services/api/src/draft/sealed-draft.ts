import { type DataKey, openText, sealText, uuidv7 } from '@consilium/contracts';
import type { SealedDraft } from '@consilium/event-store';

const place = (sealId: string) => ({ eventId: sealId, type: 'draft', field: 'annotation' });

export function sealDraft(content: string, key: DataKey, now: number): SealedDraft {
  const sealId = uuidv7(now);
  const { keyVersion, nonce, ciphertext } = sealText(content, key, place(sealId));
  return { sealId, keyVersion, nonce, ciphertext };
}

/** @throws SealBroken */
export const openDraft = ({ sealId, keyVersion, nonce, ciphertext }: SealedDraft, key: DataKey): string =>
  openText({ state: 'sealed', keyVersion, nonce, ciphertext }, key, place(sealId));
