export { findKafkaTools, type KafkaTools } from './kafka-tools.ts';
export {
  serverNames,
  serverTitles,
  type RunningStack,
  type ServerChoice,
  type ServerHandle,
  type ServerName,
  type ServerSource,
  type StackOptions,
  type StackProgress,
  type StackUrls,
} from './running-stack.ts';
export { StackUnavailable, type StackUnavailableReason } from './stack-unavailable.ts';
export { startStack } from './start-stack.ts';
