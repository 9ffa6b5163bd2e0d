import type { LoggedPlace, LogReader } from '../log-reader.ts';
import type { KafkaEnd, LogComparison, PartitionComparison, PartitionName } from './compare-with-log.ts';

export type KafkaPartitionEnd = PartitionName & KafkaEnd;

/** Looks up in our log what `compareWithLog` needs to know; `kafkaEnds` are the last records of all partitions that have any. */
export async function describePartitions(
  log: LogReader,
  kafkaEnds: readonly KafkaPartitionEnd[],
): Promise<LogComparison> {
  const ours = new Map((await log.lastOfEachPartition()).map((place) => [nameOf(place), place]));
  const kafka = new Map(kafkaEnds.map((end) => [nameOf(end), end]));
  const names = new Map<string, PartitionName>([...kafka, ...ours]);
  const partitions: PartitionComparison[] = [];
  for (const [name, { topic, partition }] of names) {
    partitions.push(await describePartition(log, { topic, partition }, ours.get(name), kafka.get(name)));
  }
  return { logId: await log.logId(), lastGlobalSeq: await log.lastGlobalSeq(), partitions };
}

async function describePartition(
  log: LogReader,
  { topic, partition }: PartitionName,
  ourLast: LoggedPlace | undefined,
  kafka: KafkaPartitionEnd | undefined,
): Promise<PartitionComparison> {
  const kafkaSeq = kafka?.partitionSeq ?? 0;
  return {
    topic,
    partition,
    ourLastSeq: ourLast?.partitionSeq ?? 0,
    kafka,
    ourRecordThere: kafka === undefined ? undefined : await log.at(topic, partition, kafkaSeq),
    firstMissing: await log.at(topic, partition, kafkaSeq + 1),
  };
}

const nameOf = ({ topic, partition }: PartitionName): string => `${topic} ${partition}`;
