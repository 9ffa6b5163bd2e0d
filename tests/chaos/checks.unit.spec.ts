import { describe, expect, it } from '@jest/globals';
import { payloadHashOf, streamLinkOf, streamStartOf } from '@consilium/contracts';
import type { StreamId } from '@consilium/domain';
import { CommandBook } from './command-book.ts';
import { Findings } from './findings.ts';
import { NumberCheck, PartitionCheck, StreamCheck } from './order-checks.ts';
import type { PlacedEvent } from '../harness/stored-history.ts';

/** Two streams of five events, as the journal lists them. */
const healthy: readonly PlacedEvent[] = ['case-a', 'case-b'].flatMap((streamId, stream) => {
  let streamHash = streamStartOf(streamId as StreamId);
  return [1, 2, 3, 4, 5].map((streamVersion) => {
    const globalSeq = (streamVersion - 1) * 2 + stream + 1;
    const metaBytes = Buffer.from(`{"commandId":"command-${String(globalSeq)}"}`);
    const payloadBytes = Buffer.from(`{"id":"answer-${String(globalSeq)}"}`);
    const salt = Buffer.alloc(16, globalSeq);
    streamHash = streamLinkOf(streamHash, payloadHashOf(salt, payloadBytes), metaBytes);
    return {
      streamId,
      streamVersion,
      eventId: `event-${String(globalSeq)}`,
      type: 'happened',
      metaBytes,
      payloadBytes,
      salt,
      streamHash,
      globalSeq,
      topic: 'case',
      partition: 0,
      partitionSeq: globalSeq,
    };
  });
});
const victim = eventAt(2);

function eventAt(index: number): PlacedEvent {
  const event = healthy[index];
  if (event === undefined) throw new Error(`there is no event ${String(index)}`);
  return event;
}

type List = readonly PlacedEvent[];

const without = (events: List): List => events.filter((event) => event !== victim);
const doubled = (events: List): List => events.flatMap((event) => (event === victim ? [event, event] : [event]));
/** Puts the victim behind the event after it. */
function swapped(events: List): List {
  const at = events.indexOf(victim);
  return [...events.slice(0, at), ...events.slice(at + 1, at + 2), victim, ...events.slice(at + 2)];
}
const changed = (events: List): List =>
  events.map((event) => (event === victim ? { ...event, payloadBytes: Buffer.from('{"id":"another"}') } : event));

const inLogOrder = (events: List): List => events.toSorted((one, other) => one.globalSeq - other.globalSeq);
const countsOf = (findings: Findings) => ({
  lost: findings.count('lost'),
  duplicated: findings.count('duplicated'),
  reordered: findings.count('reordered'),
  altered: findings.count('altered'),
});
const nothing = { lost: 0, duplicated: 0, reordered: 0, altered: 0 };

function inStreams(events: List): Findings {
  const findings = new Findings();
  const check = new StreamCheck(findings);
  for (const event of events) check.take(event);
  check.finish();
  return findings;
}

function inLog(events: List): Findings {
  const findings = new Findings();
  const check = new NumberCheck('the log', findings);
  for (const { globalSeq } of events) check.take(globalSeq);
  check.finish(healthy.length);
  return findings;
}

/** What is on Kafka, beside a journal that is healthy. */
function onKafka(events: List): { readonly findings: Findings; readonly repeats: number } {
  const findings = new Findings();
  const check = new PartitionCheck('case 0', findings);
  const ours = new Map(healthy.map((event) => [event.partitionSeq, event]));
  for (const event of events) check.take(event, ours.get(event.partitionSeq));
  check.finish(healthy.length);
  return { findings, repeats: check.repeats };
}

function inBook(events: List, answers: readonly string[] = bookIds): Findings {
  const findings = new Findings();
  const book = new CommandBook();
  for (const [index, commandId] of bookIds.entries()) {
    const ids = [`answer-${String(index + 1)}`];
    book.add({ kind: 'claimCase', commandId, events: { happened: 1 }, ids });
  }
  for (const event of events) {
    const { commandId } = JSON.parse(Buffer.from(event.metaBytes).toString('utf8')) as { readonly commandId: string };
    book.takeEvent({ ...event, commandId }, findings);
  }
  for (const answer of answers) book.takeAnswer(answer);
  book.finish(findings);
  return findings;
}
const bookIds = healthy.map((_, index) => `command-${String(index + 1)}`);

describe('the checks of chaos', () => {
  it('find nothing in a healthy history', () => {
    expect(countsOf(inStreams(healthy))).toEqual(nothing);
    expect(countsOf(inLog(inLogOrder(healthy)))).toEqual(nothing);
    expect(countsOf(onKafka(inLogOrder(healthy)).findings)).toEqual(nothing);
    expect(countsOf(inBook(healthy))).toEqual(nothing);
  });

  it('name an event that is gone as lost, wherever it is missing', () => {
    expect(countsOf(inStreams(without(healthy)))).toEqual({ ...nothing, lost: 1 });
    expect(inStreams(without(healthy)).named).toEqual(['lost: case-a 3 is not in the journal']);
    expect(countsOf(inLog(inLogOrder(without(healthy))))).toEqual({ ...nothing, lost: 1 });
    expect(onKafka(inLogOrder(without(healthy))).findings.named).toEqual(['lost: case 0 5 is not on Kafka']);
    expect(inBook(without(healthy)).named).toEqual([
      'lost: claimCase command-5: 1 of 1 events happened',
      'lost: claimCase command-5: no event holds answer-5',
    ]);
  });

  it('name the last event too when it is cut off', () => {
    const cut = inLogOrder(healthy).slice(0, -1);
    expect(countsOf(inLog(cut))).toEqual({ ...nothing, lost: 1 });
    expect(onKafka(cut).findings.named).toEqual(['lost: case 0 10 is not on Kafka']);
  });

  it('name an event that is there twice as duplicated', () => {
    expect(countsOf(inStreams(doubled(healthy)))).toMatchObject({ lost: 0, duplicated: 1, reordered: 0 });
    expect(countsOf(inLog(inLogOrder(doubled(healthy))))).toEqual({ ...nothing, duplicated: 1 });
    expect(inBook(doubled(healthy)).named).toEqual([
      'duplicated: claimCase command-5 left happened again, as case-a 3',
    ]);
    expect(inBook(healthy, [...bookIds, 'command-5']).named).toEqual([
      'duplicated: claimCase command-5: its answer is stored 2 times',
    ]);
  });

  it('allow a record to be sent again under its number, and call the same event under another number duplicated', () => {
    const again = onKafka(inLogOrder(doubled(healthy)));
    expect([countsOf(again.findings), again.repeats]).toEqual([nothing, 1]);
    const elsewhere = inLogOrder(healthy).map((event) =>
      event.partitionSeq === 6 ? { ...victim, partitionSeq: 6 } : event,
    );
    expect(countsOf(onKafka(elsewhere).findings)).toEqual({ ...nothing, duplicated: 1 });
  });

  it('name events that changed places as reordered', () => {
    expect(countsOf(inStreams(swapped(healthy)))).toMatchObject({ lost: 0, duplicated: 0, reordered: 1 });
    expect(countsOf(inLog(swapped(inLogOrder(healthy))))).toEqual({ ...nothing, reordered: 1 });
    expect(countsOf(onKafka(swapped(inLogOrder(healthy))).findings)).toEqual({ ...nothing, reordered: 1 });
  });

  it('name a stream whose events have other places in the log as reordered', () => {
    const [first, second, ...others] = healthy as readonly [PlacedEvent, PlacedEvent, ...PlacedEvent[]];
    const turned = [{ ...first, globalSeq: second.globalSeq }, { ...second, globalSeq: first.globalSeq }, ...others];
    expect(countsOf(inStreams(turned))).toEqual({ ...nothing, reordered: 1 });
  });

  it('name an event that was changed as altered', () => {
    expect(inStreams(changed(healthy)).named).toEqual(['altered: case-a 3 (happened): the chain breaks here']);
    expect(onKafka(inLogOrder(changed(healthy))).findings.named).toEqual([
      'altered: case 0 5 (case-a) differs from the journal',
    ]);
  });

  it('name what has no place in the log, and what Kafka alone has', () => {
    expect(countsOf(inStreams([...healthy.slice(0, -1), { ...eventAt(9), globalSeq: 0 }]))).toEqual({
      ...nothing,
      lost: 1,
    });
    const stranger = { ...victim, partitionSeq: 11, eventId: 'event-11' };
    expect(onKafka([...inLogOrder(healthy), stranger]).findings.named).toEqual([
      'altered: case 0 11 (case-a) is on Kafka and not in the journal',
    ]);
  });
});
