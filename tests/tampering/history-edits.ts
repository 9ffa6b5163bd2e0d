import { canonicalJson } from '@consilium/contracts';
import { changeJson, changeUuid } from './change-value.ts';
import { type LogEvent, metaText, payloadOf, streamOf, withMeta } from './log-event.ts';
import type { RandomSource } from './random-source.ts';

/** A change of what happened, whatever it is kept in. Numbers, versions and hashes are not put right yet. */
export interface HistoryEdit {
  readonly what: string;
  readonly events: readonly LogEvent[];
}

type EditHistory = (random: RandomSource, events: readonly LogEvent[]) => HistoryEdit | undefined;

/**
 * What somebody may want to have happened otherwise. Nothing here only adds to the end: an event after the last anchored
 * checkpoint is a lie at entry, which no proof can tell from the truth.
 */
export const historyEdits: Readonly<Record<string, EditHistory>> = {
  'another payload': (random, events) => {
    const event = random.pick(events);
    const payload = canonicalJson(changeJson(random, payloadOf(event)));
    return payload === event.payload
      ? undefined
      : { what: `event ${named(event)} says something else`, events: replaced(events, [event, { ...event, payload }]) };
  },
  'another envelope': (random, events) => {
    const event = random.pick(events);
    const [what, changes] = random.pick(envelopeChanges(random, event));
    return { what: `event ${named(event)} ${what}`, events: replaced(events, [event, withMeta(event, changes)]) };
  },
  'another salt': (random, events) => {
    const event = random.pick(events);
    return {
      what: `event ${named(event)} has a new salt`,
      events: replaced(events, [event, { ...event, salt: random.bytes(16) }]),
    };
  },
  'payloads exchanged': (random, events) => {
    const [one, other] = random.pickTwo(events);
    if (one.payload === other.payload) return undefined;
    return {
      what: `events ${named(one)} and ${named(other)} have exchanged payloads and salts`,
      events: replaced(
        events,
        [one, { ...one, payload: other.payload, salt: other.salt }],
        [other, { ...other, payload: one.payload, salt: one.salt }],
      ),
    };
  },
  'event removed': (random, events) => {
    const event = random.pick(events);
    return { what: `event ${named(event)} never happened`, events: events.filter((each) => each !== event) };
  },
  'events removed': (random, events) => {
    const start = random.below(events.length - 2);
    const count = random.between(2, Math.min(60, events.length - start));
    return {
      what: `events ${String(start + 1)} to ${String(start + count)} never happened`,
      events: [...events.slice(0, start), ...events.slice(start + count)],
    };
  },
  'end of a stream removed': (random, events) => {
    const event = random.pick(events);
    const stream = streamOf(event);
    const kept = events.filter((each) => each.globalSeq < event.globalSeq || streamOf(each) !== stream);
    return { what: `${stream} ended before event ${named(event)}`, events: kept };
  },
  'stream removed': (random, events) => {
    const stream = streamOf(random.pick(events));
    return { what: `${stream} never existed`, events: events.filter((each) => streamOf(each) !== stream) };
  },
  'event doubled': (random, events) => {
    const place = random.below(events.length - 1);
    const event = at(events, place);
    return {
      what: `event ${named(event)} happened twice`,
      events: inserted(events, place + 1, withMeta(event, { eventId: newId(random, event) })),
    };
  },
  'event forged': (random, events) => {
    // The new event follows the last of its stream, and another that was sealed follows it.
    const stream = streamOf(random.pick(events));
    const place = events.findLastIndex((each) => streamOf(each) === stream);
    const event = at(events, place);
    const later = random.between(place + 1, events.length - 1);
    if (place >= events.length - 1) return undefined;
    const forged = withMeta(
      { ...event, payload: canonicalJson(changeJson(random, payloadOf(event))), salt: random.bytes(16) },
      { eventId: newId(random, event) },
    );
    return {
      what: `${stream} has one more event, before event ${String(later + 1)}`,
      events: inserted(events, later, forged),
    };
  },
  'events in another order': (random, events) => {
    const place = random.below(events.length - 1);
    const other = random.chance() ? place + 1 : random.below(events.length);
    if (place === other) return undefined;
    const [one, two] = [at(events, place), at(events, other)];
    return {
      what: `events ${named(one)} and ${named(two)} happened in each other's place`,
      events: replaced(events, [one, two], [two, one]),
    };
  },
  'event moved': (random, events) => {
    const event = random.pick(events);
    const others = events.filter((each) => each !== event);
    const place = random.below(others.length);
    if (others[place - 1] === events[events.indexOf(event) - 1]) return undefined;
    return {
      what: `event ${named(event)} happened as number ${String(place + 1)}`,
      events: inserted(others, place, event),
    };
  },
  'stream in another partition': (random, events) => {
    // Partitions are under no hash: what speaks against it is that they follow from the stream's name.
    const event = random.pick(events);
    const stream = streamOf(event);
    const partition = (event.partition + random.between(1, 11)) % 12;
    return {
      what: `${stream} is in partition ${String(partition)}`,
      events: events.map((each) => (streamOf(each) === stream ? { ...each, partition } : each)),
    };
  },
  'stream under another name': (random, events) => {
    const stream = streamOf(random.pick(events));
    const [aggregate = ''] = stream.split('-');
    const name = `${aggregate}-${changeUuid(random, stream.slice(aggregate.length + 1))}`;
    return {
      what: `${stream} is called ${name}`,
      events: events.map((each) => (streamOf(each) === stream ? withMeta(each, { streamId: name }) : each)),
    };
  },
};

function envelopeChanges(
  random: RandomSource,
  event: LogEvent,
): readonly (readonly [what: string, changes: Parameters<typeof withMeta>[1]])[] {
  const seconds = random.between(1, 86_400);
  const earlier = (name: string): string => new Date(Date.parse(metaText(event, name)) - seconds * 1_000).toISOString();
  return [
    ['was done by somebody else', { actor: { id: newId(random, event), role: 'annotator' } }],
    ['was done in another role', { actor: { id: 'service:quality', role: 'administrator' } }],
    ['happened earlier', { occurredAt: earlier('occurredAt') }],
    ['was recorded earlier', { recordedAt: earlier('recordedAt') }],
    ['has a reason', { reasonCode: 'secondLook' }],
    ['came of another command', { commandId: newId(random, event) }],
    ['was caused by something else', { causationId: newId(random, event) }],
    ['has another id', { eventId: newId(random, event) }],
  ];
}

const newId = (random: RandomSource, event: LogEvent): string => changeUuid(random, metaText(event, 'eventId'));

export const named = (event: LogEvent): string =>
  `${String(event.globalSeq)} (${metaText(event, 'type')} of ${streamOf(event)})`;

export const replaced = <Item>(
  items: readonly Item[],
  ...pairs: readonly (readonly [Item, Item])[]
): readonly Item[] => {
  const others = new Map(pairs);
  return items.map((item) => others.get(item) ?? item);
};

export const inserted = <Item>(items: readonly Item[], place: number, item: Item): readonly Item[] => [
  ...items.slice(0, place),
  item,
  ...items.slice(place),
];

function at(events: readonly LogEvent[], place: number): LogEvent {
  const event = events[place];
  if (event === undefined) throw new RangeError(`there is no event at ${String(place)}`);
  return event;
}
