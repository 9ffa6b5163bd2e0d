/** The fields of one record, or what is wrong with it. */
export type ParsedRecord =
  { readonly ok: true; readonly fields: readonly string[] } | { readonly ok: false; readonly message: string };

/** A field in quotes, in which a quote is doubled; or one without quotes, line ends and carriage returns. */
const field = /"((?:[^"]|"")*)"|([^",\r\n]*)/y;

/**
 * One record of RFC 4180 without the end of its line. Stricter than most readers, which guess: a quote stands only around a
 * whole field, and spaces belong to the field.
 */
export function parseRecord(text: string): ParsedRecord {
  const fields: string[] = [];
  field.lastIndex = 0;
  for (;;) {
    const begin = field.lastIndex;
    const [, quoted, plain] = field.exec(text) ?? [];
    fields.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    const end = begin + (quoted === undefined ? (plain ?? '').length : quoted.length + 2);
    if (end === text.length) return { ok: true, fields };
    if (text[end] !== ',') return { ok: false, message: whatIsWrong(text, begin, end) };
    field.lastIndex = end + 1;
  }
}

function whatIsWrong(text: string, begin: number, end: number): string {
  if (text[end] === '\r') return 'has a carriage return without a line feed outside quotes';
  if (begin === end && text[end] === '"') return 'has a quote that is not closed before the end of the file';
  return text[begin] === '"'
    ? 'has text after a closing quote'
    : 'has a quote within a field that does not begin with one';
}
