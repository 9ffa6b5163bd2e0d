import type { Surroundings } from './command.ts';

const barWidth = 24;
const betweenTurnsMs = 100;
/** Where nobody looks on, as in a log of a build: a line now and then. */
const betweenLinesMs = 10_000;

/** Shows how far a long work is, on standard error. */
export class Progress {
  readonly #stderr: Surroundings['stderr'];
  #title = '';
  #shownAtMs = 0;
  #startedAtMs = 0;
  #isOpen = false;

  constructor(stderr: Surroundings['stderr']) {
    this.#stderr = stderr;
  }

  begin(title: string): void {
    this.end();
    this.#title = title;
    this.#startedAtMs = performance.now();
    this.#shownAtMs = this.#startedAtMs;
  }

  /** `of` undefined: nobody knows how much there is. */
  at(done: number, of: number | undefined): void {
    const nowMs = performance.now();
    const isTerminal = this.#stderr.isTTY === true;
    if (nowMs - this.#shownAtMs < (isTerminal ? betweenTurnsMs : betweenLinesMs)) return;
    this.#shownAtMs = nowMs;
    const text = `${this.#title}  ${of === undefined || of === 0 ? '' : `${bar(done / of)}  `}${counted(done)}${of === undefined ? '' : ` of ${counted(of)}`}`;
    this.#stderr.write(isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
    this.#isOpen = isTerminal;
  }

  /** The phase is over, with a word on what came of it. */
  end(outcome?: string): void {
    if (this.#title === '') return;
    if (this.#isOpen) this.#stderr.write('\r\u001b[K');
    if (outcome !== undefined) {
      const seconds = ((performance.now() - this.#startedAtMs) / 1_000).toFixed(1);
      this.#stderr.write(`${this.#title.padEnd(22)}${outcome}  (${seconds} s)\n`);
    }
    this.#isOpen = false;
    this.#title = '';
  }
}

const bar = (share: number): string => {
  const full = Math.round(Math.min(1, Math.max(0, share)) * barWidth);
  return `[${'#'.repeat(full)}${'.'.repeat(barWidth - full)}] ${String(Math.floor(share * 100)).padStart(3)} %`;
};

export const counted = (count: number): string => count.toLocaleString('en-US');
