import { changeByte, changeInteger, changeText } from './change-value.ts';
import type { FileMaker } from './file-bytes.ts';
import { forgedNote } from './forged-notes.ts';
import { type HistoryEdit, historyEdits, inserted, named, replaced } from './history-edits.ts';
import { coherent, type LogEvent, relinked, renumbered } from './log-event.ts';
import { eventLine, fileOf, type LogCheckpoint, type LogFile, linesOf, readLogFile, withTrailer } from './log-file.ts';
import type { RandomSource } from './random-source.ts';

/** Changes of what the file says, always under a trailer that is put right. */
const simple: Readonly<Record<string, FileMaker>> = {
  'field of an event changed': (random, file) => {
    const { events } = readLogFile(file);
    const event = random.pick(events);
    const [what, changed] = random.pick(fieldChanges(random, event));
    return eventLine(changed) === eventLine(event)
      ? undefined
      : edited(`event ${named(event)} with ${what}`, (log) => ({ ...log, events: replaced(events, [event, changed]) }));
  },
  'salts exchanged': (random, file) => {
    const { events } = readLogFile(file);
    const [one, other] = random.pickTwo(events);
    const changed = replaced(events, [one, { ...one, salt: other.salt }], [other, { ...other, salt: one.salt }]);
    return edited(`salts of events ${named(one)} and ${named(other)} exchanged`, (log) => ({
      ...log,
      events: changed,
    }));
  },
  'checkpoints dropped': (random, file) => {
    const { checkpoints } = readLogFile(file);
    const isAll = random.below(3) === 0;
    const dropped = isAll ? checkpoints : checkpoints.filter(() => random.chance());
    if (dropped.length === 0) return undefined;
    return edited(`no checkpoints of ${sizesOf(dropped)}`, (log) => ({
      ...log,
      checkpoints: log.checkpoints.filter((each) => !dropped.some(({ size }) => size === each.size)),
    }));
  },
  'checkpoints exchanged': (random, file) => {
    const { checkpoints } = readLogFile(file);
    const [one, other] = random.pickTwo(checkpoints);
    const isCopied = random.chance();
    const changed = replaced(
      checkpoints,
      [one, { ...one, note: other.note }],
      [other, isCopied ? other : { ...other, note: one.note }],
    );
    const what = `the note of ${String(other.size)} ${isCopied ? 'also at' : 'exchanged with that of'} ${String(one.size)}`;
    return edited(what, (log) => ({ ...log, checkpoints: changed }));
  },
  'checkpoint elsewhere': (random, file) => {
    const lines = linesOf(readLogFile(file)).slice(0, -1);
    const from = random.pick([...lines.keys()].filter((index) => (lines[index] ?? '').includes('"kind":"checkpoint"')));
    const to = random.between(1, lines.length - 2);
    const isRepeated = random.chance();
    if (to === from && !isRepeated) return undefined;
    const line = lines[from] ?? '';
    return {
      what: `the checkpoint in line ${String(from + 1)} ${isRepeated ? 'repeated' : 'moved'} after line ${String(to)}, trailer right`,
      apply: () =>
        fileOf(withTrailer(inserted(isRepeated ? lines : lines.filter((_, index) => index !== from), to, line))),
    };
  },
  'note of a checkpoint changed': (random, file) => {
    const { checkpoints } = readLogFile(file);
    const checkpoint = random.pick(checkpoints);
    const note = random.chance()
      ? changeByte(random, Buffer.from(checkpoint.note)).bytes.toString('utf8')
      : changeText(random, checkpoint.note);
    return note === checkpoint.note
      ? undefined
      : edited(`the note of ${String(checkpoint.size)} changed`, (log) => ({
          ...log,
          checkpoints: replaced(checkpoints, [checkpoint, { ...checkpoint, note }]),
        }));
  },
  'size of a checkpoint changed': (random, file) => {
    const { checkpoints } = readLogFile(file);
    const checkpoint = random.pick(checkpoints);
    const size = random.chance() ? random.between(1, 499) : changeInteger(random, checkpoint.size);
    if (checkpoints.some((each) => each.size === size)) return undefined;
    return edited(`the checkpoint of ${String(checkpoint.size)} said to be of ${String(size)}`, (log) => ({
      ...log,
      checkpoints: replaced(checkpoints, [checkpoint, { ...checkpoint, size }]),
    }));
  },
  'checkpoint forged': (random, file) => {
    const { checkpoints, events } = readLogFile(file);
    const [genuine] = checkpoints;
    if (genuine === undefined) return undefined;
    const size = random.chance() ? random.pick(checkpoints).size : random.between(1, events.length);
    const note = forgedNote(genuine.note, events, size, random.chance());
    return edited(`a checkpoint of ${String(size)} signed by a stranger`, (log) => ({
      ...log,
      checkpoints: [...log.checkpoints.filter((each) => each.size !== size), { size, note }],
    }));
  },
  'history cut short': (random, file) => {
    const { checkpoints } = readLogFile(file);
    // At a checkpoint it is as whole as any log.
    const end = random.chance()
      ? random.pick(checkpoints.slice(0, -1)).size
      : random.between(0, (checkpoints.at(-1)?.size ?? 0) - 1);
    const keepsLater = random.below(4) === 0;
    return edited(`ends after event ${String(end)}${keepsLater ? ', with all its checkpoints' : ''}`, (log) => ({
      ...log,
      events: log.events.slice(0, end),
      checkpoints: keepsLater ? log.checkpoints : log.checkpoints.filter(({ size }) => size <= end),
    }));
  },
  'history begun later': (random, file) => {
    const { events } = readLogFile(file);
    const start = random.between(1, events.length - 1);
    const isRenumbered = random.chance();
    const kept = events.slice(start);
    return edited(`begins after event ${String(start)}${isRenumbered ? ', numbered anew' : ''}`, (log) => ({
      ...log,
      events: isRenumbered ? coherent(kept) : kept,
    }));
  },
};

/** Each change of history once plain, and once with everything that can be put right without the key put right. */
const histories: Readonly<Record<string, FileMaker>> = Object.fromEntries(
  Object.entries(historyEdits).flatMap(([kind, edit]): readonly (readonly [string, FileMaker])[] => [
    [kind, (random, file) => asFile(edit(random, readLogFile(file).events), ...random.pick(plainRepairs))],
    [
      `${kind}, rewritten`,
      (random, file) => {
        const log = readLogFile(file);
        const [what, heads] = random.pick(headRepairs(random));
        return asFile(edit(random, log.events), `all after it is in order again, ${what}`, coherent, heads);
      },
    ],
  ]),
);

export const recordTamperings: Readonly<Record<string, FileMaker>> = { ...simple, ...histories };

type Repair = (events: readonly LogEvent[]) => readonly LogEvent[];
type RepairHeads = (log: LogFile, events: readonly LogEvent[]) => readonly LogCheckpoint[];

const plainRepairs: readonly (readonly [string, Repair])[] = [
  ['trailer right', (events) => events],
  ['numbers and trailer right', renumbered],
  ['stream hashes and trailer right', relinked],
];

const headRepairs = (random: RandomSource): readonly (readonly [string, RepairHeads])[] => {
  const underTrustedId = random.chance();
  return [
    ['the checkpoints stay', ({ checkpoints }) => checkpoints],
    ['the checkpoints are gone', () => []],
    [
      'the checkpoints are forged',
      ({ checkpoints }, events) =>
        checkpoints
          .filter(({ size }) => size <= events.length)
          .map(({ size, note }) => ({ size, note: forgedNote(note, events, size, underTrustedId) })),
    ],
  ];
};

function asFile(
  edit: HistoryEdit | undefined,
  how: string,
  repair: Repair,
  heads: RepairHeads = ({ checkpoints }) => checkpoints,
): ReturnType<FileMaker> {
  if (edit === undefined) return undefined;
  return edited(`${edit.what}; ${how}`, (log) => {
    const events = repair(edit.events);
    return { ...log, events, checkpoints: heads(log, events) };
  });
}

const edited = (what: string, change: (log: LogFile) => LogFile): ReturnType<FileMaker> => ({
  what: what.includes('trailer') ? what : `${what}; trailer right`,
  apply: (file) => fileOf(linesOf(change(readLogFile(file)))),
});

const sizesOf = (checkpoints: readonly LogCheckpoint[]): string =>
  checkpoints.map(({ size }) => String(size)).join(', ');

function fieldChanges(random: RandomSource, event: LogEvent): readonly (readonly [string, LogEvent])[] {
  const { globalSeq, partition, partitionSeq, salt, streamHash, meta, payload } = event;
  return [
    ['another number', { ...event, globalSeq: changeInteger(random, globalSeq) }],
    ['another partition', { ...event, partition: changeInteger(random, partition) }],
    ['another number in its partition', { ...event, partitionSeq: changeInteger(random, partitionSeq) }],
    ['another topic', { ...event, topic: random.pick(['case', 'project', 'annotator', 'release', 'Case', '']) }],
    ['another salt', { ...event, salt: changeByte(random, salt).bytes }],
    ['a shorter salt', { ...event, salt: salt.subarray(0, random.below(salt.length)) }],
    ['another stream hash', { ...event, streamHash: changeByte(random, streamHash).bytes }],
    ['a shorter stream hash', { ...event, streamHash: streamHash.subarray(0, random.below(streamHash.length)) }],
    ['another envelope', { ...event, meta: changeText(random, meta) }],
    ['another payload', { ...event, payload: changeText(random, payload) }],
  ];
}
