import { findJava } from './embedded/java.ts';
import { fetchKafkaClassPath } from './embedded/kafka-jars.ts';

export interface KafkaTools {
  /** Path of the program. */
  readonly java: string;
  /** For `-cp`; holds org.apache.kafka.tools.consumer.ConsoleConsumer and its like. */
  readonly classPath: string;
}

/** Kafka's own command-line tools, to read topics with a client that is not ours. Rejects with StackUnavailable. */
export async function findKafkaTools(
  environment: Readonly<Record<string, string | undefined>>,
  onProgress: (message: string, fraction: number) => void = () => undefined,
): Promise<KafkaTools> {
  const java = await findJava(environment);
  return { java, classPath: await fetchKafkaClassPath({ environment, onProgress }) };
}
