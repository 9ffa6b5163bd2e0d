/** Marks that XML takes for its own, and what XML 1.0 cannot hold at all. */
const special = /[&<>"']/g;
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeText = (text: string): string =>
  text.replace(unwritable, '\ufffd').replace(special, (mark) => entities[mark] ?? '');

/** Whole characters, the last one an ellipsis where some are left out. */
export function shortened(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

type Attributes = Readonly<Record<string, string | number>>;

/** An element; numbers to a hundredth of a pixel. `content` is markup. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === 'number' ? String(round(value)) : escapeText(value)}"`,
  );
  return content === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${content}</${name}>`;
}

export const textAt = (x: number, y: number, text: string, attributes: Attributes = {}): string =>
  element('text', { x, y, ...attributes }, escapeText(text));

export const round = (value: number): number => Math.round(value * 100) / 100;

/** A drawing on white that needs nothing else; the description is for those who cannot see it. */
export function drawing(
  {
    width,
    height,
    title,
    description,
  }: Readonly<Record<'width' | 'height', number> & Record<'title' | 'description', string>>,
  parts: readonly string[],
): string {
  const content = [
    element('title', {}, escapeText(title)),
    element('desc', {}, escapeText(description)),
    element('rect', { width, height, fill: '#fff' }),
    ...parts,
  ];
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${String(round(width))} ${String(round(height))}`,
    role: 'img',
    'font-family': 'sans-serif',
    'font-size': 12,
    fill: '#222',
  };
  return `${element('svg', attributes, `\n${content.join('\n')}\n`)}\n`;
}
