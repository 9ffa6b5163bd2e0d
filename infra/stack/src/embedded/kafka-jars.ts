import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fetchByMaven, type MavenContext } from './maven.ts';

export const kafkaVersion = '4.3.1';
const log4jVersion = '2.25.4';

/**
 * The broker; the command-line tools, for checking topics with a consumer that is not ours (without Kafka Connect, a
 * fifth of the size that nothing here uses); and the binding without which the broker logs nothing.
 */
const pom = `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>consilium</groupId>
  <artifactId>kafka-runtime</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
      <version>${kafkaVersion}</version>
    </dependency>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka-tools</artifactId>
      <version>${kafkaVersion}</version>
      <exclusions>
        <exclusion><groupId>org.apache.kafka</groupId><artifactId>connect-runtime</artifactId></exclusion>
        <exclusion><groupId>org.apache.kafka</groupId><artifactId>connect-api</artifactId></exclusion>
        <exclusion><groupId>org.apache.kafka</groupId><artifactId>connect-json</artifactId></exclusion>
      </exclusions>
    </dependency>
    <dependency>
      <groupId>org.apache.logging.log4j</groupId>
      <artifactId>log4j-slf4j-impl</artifactId>
      <version>${log4jVersion}</version>
    </dependency>
  </dependencies>
</project>
`;

/** The class path of Kafka and its tools, from the cache or else by Maven (45 MB, once a user). */
export async function fetchKafkaClassPath(context: MavenContext): Promise<string> {
  const folder = await fetchByMaven(
    {
      folder: `kafka-${kafkaVersion}`,
      title: `Apache Kafka ${kafkaVersion}`,
      goal: 'copy-dependencies',
      settings: ['-DincludeScope=runtime'],
      pom,
      proof: `kafka_2.13-${kafkaVersion}.jar`,
      expectedFiles: 110,
      otherwise: 'or start a Docker engine, or set KAFKA_BROKERS',
    },
    context,
  );
  const jars = readdirSync(folder).filter((name) => name.endsWith('.jar'));
  return jars
    .toSorted()
    .map((jar) => join(folder, jar))
    .join(delimiter);
}
