/** Colours of tokens.css, told apart with any colour vision (Okabe and Ito); numbers at the boxes say the same. */
const colours = 6;

/** The class that sets `--reader`. */
export function readerColour(number: number): string {
  return `reader-${((number - 1) % colours) + 1}`;
}
