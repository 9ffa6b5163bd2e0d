/** The next value; undefined at the end. For what walks along several at once. */
export async function nextOf<Value>(values: AsyncGenerator<Value>): Promise<Value | undefined> {
  const next = await values.next();
  return next.done === true ? undefined : next.value;
}
