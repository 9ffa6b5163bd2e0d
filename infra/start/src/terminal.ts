import type { Writable } from 'node:stream';

export interface Output extends Pick<Writable, 'write'> {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const redrawMs = 100;
const plainStepPercent = 20;
const barWidth = 24;
const nameWidth = 15;

/**
 * One line a phase, with its seconds. In a terminal a phase under way is redrawn in place; elsewhere it says each new thing
 * once, and every fifth of its way, so that a log stays short.
 */
export class Terminal {
  readonly #output: Output;
  #drawnMs = 0;
  #isDrawn = false;
  #lastPlain = '';

  constructor(output: Output) {
    this.#output = output;
  }

  line(text = ''): void {
    this.#clear();
    this.#output.write(`${text}\n`);
  }

  /** @param work gives what to say at the end of the line */
  async phase(name: string, work: (progress: PhaseProgress) => Promise<string>): Promise<void> {
    const startedMs = performance.now();
    this.#lastPlain = '';
    const said = await work((message, fraction) => this.#progress(name, message, fraction));
    const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
    this.line(`${name.padEnd(nameWidth)} ${seconds.padStart(6)} s  ${said}`.trimEnd());
  }

  #progress(name: string, message: string, fraction: number | undefined): void {
    if (this.#output.isTTY === true) this.#redraw(name, message, fraction);
    else this.#sayOnce(name, message, fraction);
  }

  #redraw(name: string, message: string, fraction: number | undefined): void {
    const nowMs = performance.now();
    if (this.#isDrawn && nowMs - this.#drawnMs < redrawMs) return;
    this.#drawnMs = nowMs;
    const text = `${name.padEnd(nameWidth)} ${fraction === undefined ? '' : `${bar(fraction)} `}${message}`;
    this.#clear();
    this.#output.write(text.slice(0, (this.#output.columns ?? 80) - 1));
    this.#isDrawn = true;
  }

  #sayOnce(name: string, message: string, fraction: number | undefined): void {
    const step =
      fraction === undefined ? '' : ` ${Math.floor((fraction * 100) / plainStepPercent) * plainStepPercent} %`;
    // Counts within a message change all the time; its words and the step do not.
    const plain = `${message.replaceAll(/\d[\d,.]*/g, '')}${step}`;
    if (plain === this.#lastPlain) return;
    this.#lastPlain = plain;
    this.#output.write(`${name.padEnd(nameWidth)} ... ${message}\n`);
  }

  #clear(): void {
    if (this.#isDrawn) this.#output.write('\r\u001B[2K');
    this.#isDrawn = false;
  }
}

/** @param fraction from 0 to 1, if known */
export type PhaseProgress = (message: string, fraction?: number) => void;

function bar(fraction: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * barWidth);
  return `[${'#'.repeat(full)}${'.'.repeat(barWidth - full)}]`;
}
