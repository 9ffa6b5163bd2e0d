/** The demonstration could not be carried out; the message is one sentence for people. What it did so far stays. */
export class DemonstrationFailed extends Error {
  override readonly name = 'DemonstrationFailed';
}

/** For an answer that nothing here can cause, so that something else must have changed the project. */
export function unexpected(doing: string, answer: { readonly __typename: string; readonly message?: string }): Error {
  return new DemonstrationFailed(`${doing} was answered ${answer.__typename}${explained(answer.message)}`);
}

function explained(message: string | undefined): string {
  return message === undefined ? '' : `: ${message}`;
}
