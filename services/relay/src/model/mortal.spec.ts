import type { EventPublisher, EventTopics, Messaging } from '@consilium/messaging';
import type fc from 'fast-check';

/** Of one process. Once it is over, nothing that process awaited ever comes back to it. */
export interface Life {
  alive: boolean;
}

/** What a process meets instead of an answer when it was killed meanwhile. */
export class Died extends Error {
  override readonly name = 'Died';
}

/**
 * A port whose every call takes its time: the scheduler picks the moment at which it takes effect, and the one at which
 * the caller learns of it. A caller that is killed in between has had the effect, and does not know.
 */
export const mortal = <Port extends object>(port: Port, life: Life, scheduler: fc.Scheduler): Port =>
  new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...args: readonly unknown[]): Promise<unknown> => {
        await moment(life, scheduler, `${String(name)} begins`);
        const answer: unknown = await Reflect.apply(member, target, args);
        await moment(life, scheduler, `${String(name)} is answered`);
        return answer;
      };
    },
  });

async function moment(life: Life, scheduler: fc.Scheduler, label: string): Promise<void> {
  await scheduler.schedule(Promise.resolve(), label);
  if (!life.alive) throw new Died();
}

export const mortalMessaging = (messaging: Messaging, life: Life, scheduler: fc.Scheduler): Messaging => ({
  subscription: () => messaging.subscription(),
  topics: (): EventTopics => mortal(messaging.topics(), life, scheduler),
  publisher: async (): Promise<EventPublisher> => mortal(await messaging.publisher(), life, scheduler),
});
