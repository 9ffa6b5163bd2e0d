import { describe, expect, it } from '@jest/globals';
import { Counter } from 'prom-client';
import { createMetrics } from './metrics.ts';

describe('createMetrics', () => {
  it('labels what the process counts with its service, beside event loop and heap', async () => {
    const registry = createMetrics('probe');
    new Counter({ name: 'things_total', help: 'Things', registers: [registry] }).inc(3);
    const text = await registry.metrics();
    expect(text).toContain('things_total{service="probe"} 3');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(text).toContain('nodejs_heap_size_used_bytes');
  });
});
