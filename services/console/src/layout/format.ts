const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const upToTwo = new Intl.NumberFormat('en', { maximumFractionDigits: 2, useGrouping: false });
const dateAndTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const shortIdLength = 8;

export function formatCount(count: number): string {
  return whole.format(count);
}

/** A coordinate or score: two decimals at most, none where there are none. */
export function formatNumber(value: number): string {
  return upToTwo.format(value);
}

/** In the time zone of the browser; `instant` is ISO 8601. */
export function formatInstant(instant: string): string {
  return dateAndTime.format(new Date(instant));
}

/** Enough of a uuid to tell two apart on a page; the whole stands in the title. */
export function shortId(id: string): string {
  return id.slice(0, shortIdLength);
}

const longestKey = 20;

/** A long key shows its end: that is where the cases of one series differ. */
export function shortKey(key: string): string {
  return key.length <= longestKey ? key : `…${key.slice(1 - longestKey)}`;
}

/** `annotationSubmitted`, `AWAITING_CONSENSUS` or `pleural_effusion` as words: "Annotation submitted". */
export function inPlainWords(name: string): string {
  const words = /[a-z]/.test(name) ? name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2') : name;
  const spaced = words
    .replaceAll(/[_.\-\s]+/g, ' ')
    .trim()
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
