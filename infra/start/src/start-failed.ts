/** The start cannot go on. The message is the one sentence to show, with the remedy; everything begun is stopped. */
export class StartFailed extends Error {
  override readonly name = 'StartFailed';
}
