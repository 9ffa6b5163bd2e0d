import type { Restored } from '@consilium/jobs';
import { Counter, Histogram } from '@consilium/runtime';
import type { Registry } from '@consilium/runtime';

/** What became of the cases whose reads were complete. */
export class QualityMetrics {
  readonly #consensus: Counter<'outcome'>;
  readonly #seconds: Histogram;
  readonly #reconciled: Counter<'found'>;
  readonly #unreadable: Counter;
  readonly #scored: Counter<'outcome'>;
  readonly #alerts: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#consensus = new Counter({
      name: 'consilium_consensus_total',
      help: 'Consensus jobs by outcome: settled, disputed, or answered before',
      labelNames: ['outcome'],
      registers,
    });
    this.#seconds = new Histogram({
      name: 'consilium_consensus_seconds',
      help: 'Time of matching and fusing the reads of one case',
      buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
      registers,
    });
    this.#reconciled = new Counter({
      name: 'consilium_reconciled_total',
      help: 'Unanswered cases that reconcile met, by what Redis knew of their job',
      labelNames: ['found'],
      registers,
    });
    this.#scored = new Counter({
      name: 'consilium_scoring_total',
      help: 'Scoring jobs by outcome: scored, or answered before',
      labelNames: ['outcome'],
      registers,
    });
    this.#alerts = new Counter({
      name: 'consilium_alerts_total',
      help: 'Alerts raised about annotators whose answers to gold have become worse',
      registers,
    });
    this.#unreadable = new Counter({
      name: 'consilium_unreadable_records_total',
      help: 'Records of Kafka that are none of ours; their cases come by reconcile',
      registers,
    });
  }

  recorded(outcome: 'settled' | 'disputed' | 'answeredBefore' | 'superseded'): void {
    this.#consensus.inc({ outcome });
  }

  scored(outcome: 'scored' | 'answeredBefore'): void {
    this.#scored.inc({ outcome });
  }

  alerted(): void {
    this.#alerts.inc();
  }

  computed(seconds: number): void {
    this.#seconds.observe(seconds);
  }

  reconciled(found: Restored): void {
    this.#reconciled.inc({ found });
  }

  unreadable(): void {
    this.#unreadable.inc();
  }
}
