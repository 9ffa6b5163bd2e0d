import { messagingContract } from '../contract/messaging-contract.spec.ts';
import { InMemoryMessaging } from './in-memory-messaging.ts';

messagingContract('the in-memory twin', async () => new InMemoryMessaging());
