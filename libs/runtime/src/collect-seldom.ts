import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap grow to four times what is alive before the whole of it is collected. Our processes keep some 30 to 60 MB and
 * pass many short-lived buffers (events, socket reads, records) through them, which V8 counts towards limits made for so small
 * a heap: under load it collected everything once or twice a second, for a tenth of the processors' time. Costs some 40 MB
 * while a process is busy, nothing at rest.
 */
export function collectSeldom(): void {
  // Percent of what is alive.
  setFlagsFromString('--heap-growing-percent=300');
  // Without it 64 MB of buffers since the last collection bring about the next, however large the heap may grow.
  setFlagsFromString('--external-memory-accounted-in-global-limit');
}
