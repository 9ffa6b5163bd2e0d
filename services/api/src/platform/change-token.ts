import type { CommandId, OrganisationId, PersonId } from '@consilium/domain';
import type { KeyedHash } from './keyed-hash.ts';

interface Sender {
  readonly organisation: OrganisationId;
  readonly personId: PersonId;
}

const signatureBytes = 16;
const idBytes = 16;

/**
 * What a mutation gives and a query takes as `after`: the sender's own command id, signed for the sender. It holds no
 * version or sequence number, which would tell a blinded annotator of other people's work.
 */
export function makeChangeToken(hash: KeyedHash, sender: Sender, commandId: CommandId): string {
  const signature = hash.bytes('change-token', contentOf(sender, commandId)).subarray(0, signatureBytes);
  return Buffer.concat([Buffer.from(commandId.replaceAll('-', ''), 'hex'), signature]).toString('base64url');
}

/** The command behind a token, or undefined when it is not one of this sender's. */
export function readChangeToken(hash: KeyedHash, sender: Sender, token: string): CommandId | undefined {
  if (!/^[\w-]{43}$/.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== idBytes + signatureBytes) return undefined;
  const hex = bytes.subarray(0, idBytes).toString('hex');
  const commandId = [8, 12, 16, 20, 32].map((end, index, ends) => hex.slice(index === 0 ? 0 : ends[index - 1], end));
  const text = commandId.join('-') as CommandId;
  return hash.verifies('change-token', contentOf(sender, text), bytes.subarray(idBytes)) ? text : undefined;
}

const contentOf = ({ organisation, personId }: Sender, commandId: CommandId): string =>
  `${organisation} ${personId} ${commandId}`;
