import { join } from 'node:path';
import { StackUnavailable } from '../stack-unavailable.ts';
import { findPrograms } from './find-program.ts';
import { runToEnd } from './run-to-end.ts';

/** The oldest Java on which the Kafka 4 broker runs. */
const oldestJava = 17;
const probeTimeoutMs = 20_000;

const remedy =
  'install Java 17 or newer (for example apt-get install openjdk-17-jre-headless, or brew install openjdk), ' +
  'or start a Docker engine, or set KAFKA_BROKERS';

/** The path of a Java that can run Kafka: that of JAVA_HOME, else the first good one on PATH. */
export async function findJava(environment: Readonly<Record<string, string | undefined>>): Promise<string> {
  const home = environment['JAVA_HOME'];
  let tooOld: string | undefined;
  for (const java of findPrograms('java', environment, [home === undefined ? undefined : join(home, 'bin')])) {
    const { output, code } = await runToEnd(java, ['-version'], { environment, timeoutMs: probeTimeoutMs });
    const major = code === 0 ? parseJavaMajor(output) : undefined;
    if (major === undefined) continue;
    if (major >= oldestJava) return java;
    tooOld ??= `${java} is Java ${major}`;
  }
  if (tooOld === undefined)
    throw new StackUnavailable('java-missing', 'Apache Kafka needs Java and none was found', remedy);
  throw new StackUnavailable('java-too-old', `Apache Kafka needs Java 17 or newer, but ${tooOld}`, remedy);
}

/** The 17 of `openjdk version "17.0.15"`, the 8 of `java version "1.8.0_402"`. */
export function parseJavaMajor(versionOutput: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(versionOutput);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}
