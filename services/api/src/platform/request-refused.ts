/** A request that cannot be one of GraphQL over HTTP, whatever its document says. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly statusCode: 405 | 406 | 415;
  /** Header fields of the answer that say what would have been right. */
  readonly remedy: Readonly<Record<string, string>>;

  constructor(statusCode: 405 | 406 | 415, message: string, remedy: Readonly<Record<string, string>>) {
    super(message);
    this.statusCode = statusCode;
    this.remedy = remedy;
  }
}
