const longestShown = 60;

/** A value of a picture on one line for people: shortened, and sealed texts named as such. */
export function shownValue(value: unknown): string {
  if (value === undefined) return '-';
  const text = JSON.stringify(value, (_key, member: unknown) => (isSealed(member) ? '<sealed>' : member));
  return text.length > longestShown ? `${text.slice(0, longestShown)}...` : text;
}

const isSealed = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'state' in value && value.state === 'sealed';
