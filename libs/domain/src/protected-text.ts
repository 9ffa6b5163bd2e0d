/**
 * Free text that may identify a patient. A command brings it plain; an event that was stored holds it sealed
 * (AES-256-GCM under the subject's data key). The domain carries it and never looks inside.
 */
export type ProtectedText =
  | { readonly state: 'plain'; readonly text: string }
  | {
      readonly state: 'sealed';
      readonly keyVersion: number;
      /** 12 bytes, base64. */
      readonly nonce: string;
      /** Ciphertext followed by the 16 byte tag, base64. */
      readonly ciphertext: string;
    };

export const plainText = (text: string): ProtectedText => ({ state: 'plain', text });

/** One sentence in the two languages of the reports; either may be absent, not both. */
export interface BilingualText {
  readonly es?: ProtectedText;
  readonly en?: ProtectedText;
}
