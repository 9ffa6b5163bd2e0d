import { collectDefaultMetrics, Registry } from 'prom-client';

/** A registry of its own for a process, with event loop, heap and garbage collection in it; each metric is labelled `service`. */
export function createMetrics(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}
