/* What whole-system tests examine. Nothing else imports a service. */
export { trustedKeys } from './command/trusted-keys.ts';
export { FileHistory } from './history/file-history.ts';
export { openJournal } from './history/open-history.ts';
export { replayEvents } from './replay/replay-events.ts';
export type { HeadsOfPlace } from './verify/merge-heads.ts';
export { JournalDigests } from './verify/journal-digests.ts';
export { Problems } from './verify/problem.ts';
export { proveKafka } from './verify/prove-kafka.ts';
export { proveViews } from './verify/prove-views.ts';
export { verifyHistory } from './verify/verify-history.ts';
export { verifyKafka, type VerifyKafkaOptions } from './verify/verify-kafka.ts';
export { verifySnapshot } from './verify/verify-snapshot.ts';
export { compareWithReplay, verifyViews } from './verify/verify-views.ts';
