/** Settings of a single broker that embedded and containerised Kafka have in common. */
export const kafkaSettings: Readonly<Record<string, string>> = {
  'process.roles': 'broker,controller',
  'node.id': '1',
  'listener.security.protocol.map': 'BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT',
  'inter.broker.listener.name': 'BROKER',
  'controller.listener.names': 'CONTROLLER',
  'auto.create.topics.enable': 'false',
  // A killed broker is admitted again only once its last session has run out: 3 s rather than 9.
  'broker.heartbeat.interval.ms': '500',
  'broker.session.timeout.ms': '3000',
  'group.initial.rebalance.delay.ms': '0',
  'offsets.topic.replication.factor': '1',
  'offsets.topic.num.partitions': '4',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'transaction.state.log.num.partitions': '4',
  'share.coordinator.state.topic.replication.factor': '1',
  'share.coordinator.state.topic.min.isr': '1',
  // The default of 128 MB would be a quarter of the heap; only the offsets topic is compacted.
  'log.cleaner.dedupe.buffer.size': '16777216',
};
