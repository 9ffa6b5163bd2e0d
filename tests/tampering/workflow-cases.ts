import { type CommentId, type FlagId, plainText, type ThreadId, type TranslationQuestion } from '@consilium/domain';
import {
  adjudicationId,
  annotationId,
  annotatorId,
  claimId,
  disagreementId,
  projectId,
  readId,
  sampleProtocol,
  sentenceId,
  subjectId,
} from '@consilium/testing';
import { ToldCase } from './told-case.ts';

/** The second of its project: everything that the first leaves out is in use. Two reads, at most three, and panels of three. */
export const workflowProtocol = sampleProtocol({
  readsMaximum: 3,
  amendWindowMs: 60_000,
  languages: ['es', 'en'],
  disagreements: {
    ...sampleProtocol().disagreements,
    presence: 'anotherRead',
    label: 'adjudicate',
    translation: 'adjudicate',
  },
  adjudication: { panelSize: 3, roles: ['adjudicator', 'lead'], sampledShare: 0.1, readersShown: 'afterDecision' },
  reviewShare: 0.5,
  goldShare: 0.1,
});

/** People by number: 1 to 3 read, 5 to 7 adjudicate and review, 9 leads. */
const lead = 9;

/** Another read is asked for, a panel splits, a lead decides; what was final is opened again, read and adjudicated. */
export function adjudicatedCase(number: number): ToldCase {
  const told = new ToldCase(number, workflowProtocol).claim(1).claim(2).submit(1).submit(2).consensus('presence');
  told.claim(3).submit(3).consensus('label').seat(5);
  told
    .do({ type: 'releaseSeat', ...told.held(5) })
    .seat(5)
    .seat(6)
    .seat(7);
  told.wait().seat(5).vote(5, 'present').seat(6).vote(6, 'absent').seat(7).vote(7, 'other');
  told
    .seat(lead, 'lead')
    .vote(lead, 'present')
    .scored('adjudicated')
    .do({ type: 'finaliseCase', note: plainText('For the release.') });
  const { state } = told;
  if (state.decidedBy === undefined) throw new Error('the panel has decided');
  told.do({
    type: 'setGold',
    annotationId: annotationId(told.next),
    source: { kind: 'adjudication', adjudicationId: state.decidedBy },
    draft: told.draft(),
    setBy: annotatorId(lead),
    protocol: workflowProtocol,
  });
  return told.do({
    type: 'requestAdjudication',
    adjudicationId: adjudicationId(told.next),
    note: plainText('An older image was found.'),
    ...told.now,
    protocol: workflowProtocol,
  });
}

/** Reads that are drawn for review: given back, passed on, mended beside, accepted, and one that nobody took. */
export function reviewedCase(number: number): ToldCase {
  const told = new ToldCase(number, workflowProtocol).claim(1).claim(2).submit(1, 0).claimReview(5);
  told.do({ type: 'releaseReview', ...told.held(5) }).claimReview(5);
  told.wait().claimReview(6).review(6, 1, { outcome: 'rejectedToSame' });
  told.claim(1).submit(1, 0).claimReview(5).review(5, 1, { outcome: 'rejectedToOther' });
  told.claim(3).submit(3, 0).claimReview(6);
  told.review(6, 3, { outcome: 'fixed', annotationId: annotationId(told.next), draft: told.draft() });
  told.claim(2).submit(2, 0).claimReview(7).review(7, 2, { outcome: 'accepted' }).consensus();
  const reviewId = told.reviewId();
  told.do({ type: 'requestReview', reviewId, readId: told.readOf(2), note: plainText('Once more, please.') });
  told.do({ type: 'waiveReview', reviewId });
  return told.do({ type: 'finaliseCase' });
}

/** Sentences are corrected, split and merged, and a read of what they meant before counts no longer. */
export function rewordedCase(number: number): ToldCase {
  const questioned = (id: number, version: number, about: number): TranslationQuestion => ({
    sentenceId: sentenceId(id),
    version,
    projectId: projectId(1),
    disagreementId: disagreementId(number * 100 + about),
    checker: { name: 'rules', version: '1' },
    hits: [{ type: 'laterality', code: 'swapped', es: { start: 0, end: 6 }, en: { start: 0, end: 6 } }],
  });
  const text = { es: plainText('Nódulo izquierdo.'), en: plainText('Nodule on the left.') };
  const protocol = workflowProtocol;
  const told = new ToldCase(number, protocol, { questions: [questioned(1, 1, 1), questioned(2, 1, 2)] });
  told.do({ type: 'confirmTranslation', sentenceId: sentenceId(2), version: 1, note: plainText('It is idiom.') });
  told.claim(1).submit(1).claim(2).submit(2);
  told.do({
    type: 'correctSentence',
    sentenceId: sentenceId(1),
    version: 1,
    change: 'meaning',
    text,
    questions: [questioned(1, 2, 3)],
    note: plainText('As in the report.'),
    protocol,
  });
  const [one, other, whole] = [1, 2, 3].map((part) => sentenceId(number * 100 + part));
  if (one === undefined || other === undefined || whole === undefined) throw new Error('three are made');
  const into = [one, other].map((id) => ({ sentenceId: id, text }));
  const parts = [one, other].map((id) => ({ sentenceId: id, version: 1 }));
  told.do({
    type: 'splitSentence',
    sentenceId: sentenceId(2),
    version: 1,
    into,
    linksTo: one,
    questions: [],
    protocol,
  });
  told.claim(1).submit(1);
  const merged = { sentences: parts, into: { sentenceId: whole, text }, movesLinks: true };
  told.do({ type: 'mergeSentences', ...merged, questions: [questioned(number * 100 + 3, 1, 4)], protocol });
  return told.claim(2).submit(2).consensus().seat(5).seat(6).seat(7).vote(5, 'other');
}

/** Served as gold: given back, skipped, answered, amended; its truth is corrected, and in the end it is served no more. */
export function goldCase(number: number, isRetired: boolean): ToldCase {
  const told = new ToldCase(number, workflowProtocol);
  const truth = {
    source: { kind: 'external', note: plainText('CT of the same day.') },
    draft: told.draft(),
    setBy: annotatorId(lead),
    protocol: workflowProtocol,
  } as const;
  told.do({ type: 'setGold', annotationId: annotationId(told.next), ...truth }).claim(1);
  told
    .do({ type: 'releaseRead', ...told.held(1), reason: 'noTime' })
    .claim(1)
    .submit(1)
    .amend(1, 1);
  told.claim(2).do({ type: 'skipRead', ...told.held(2), reason: 'other', note: plainText('Too dark.') });
  const corrected = {
    annotationId: annotationId(told.next),
    truthVersion: 1,
    note: plainText('By the second report.'),
  };
  told
    .scored('gold')
    .do({ type: 'correctGold', ...corrected, ...truth })
    .scored('gold')
    .claim(3)
    .submit(3);
  return isRetired ? told.do({ type: 'retireGold', note: plainText('It was shown in a course.') }) : told;
}

/** Came with a read that was given elsewhere; two reads come too late, of which one is taken in the end. */
export function lateCase(number: number): ToldCase {
  const reader = 20;
  const told = new ToldCase(number, workflowProtocol, {
    reads: [
      {
        reader: plainText('reader 20'),
        readId: readId(number * 100 + reader),
        annotatorId: annotatorId(reader),
        claimId: claimId(number * 100 + 99),
        annotationId: annotationId(number * 100 + 99),
        draft: sampleOutside,
      },
    ],
  });
  told.claim(1).wait().claim(2).wait().claim(3).submit(3).consensus();
  const [first, second] = [annotationId(told.next), annotationId(told.next + 1)];
  told.submit(1).submit(2);
  told.do({ type: 'declineLateAnnotation', annotationId: second, note: plainText('There are enough.') });
  told.do({
    type: 'withdrawAnnotation',
    annotatorId: annotatorId(3),
    revision: 1,
    note: plainText('Of another patient.'),
    protocol: workflowProtocol,
  });
  const kept = told.events.find((event) => event.type === 'lateAnnotationKept' && event.annotationId === first);
  if (kept?.type !== 'lateAnnotationKept') throw new Error('it came too late');
  const { annotation } = kept;
  return told.do({
    type: 'acceptLateAnnotation',
    annotationId: first,
    annotation,
    review: { reviewId: told.reviewId(), drawn: 1 },
    protocol: workflowProtocol,
    ...told.now,
  });
}

const sampleOutside = {
  answer: 'nothingThere',
  findings: [],
  regions: [],
  imageQualityFlags: ['rotated'],
  reportQualityFlags: ['incomplete'],
} as const;

/** It is given to two, and taken from one of them. People talk about a sentence of it and about the whole: they answer, correct, take back, settle and ask again. */
export function discussedCase(number: number): ToldCase {
  const told = new ToldCase(number, workflowProtocol);
  const note = plainText('She knows the device.');
  told.do({
    type: 'assignCase',
    annotatorIds: [annotatorId(1), annotatorId(2)],
    note,
    protocol: workflowProtocol,
    ...told.now,
  });
  told.do({ type: 'unassignCase', annotatorIds: [annotatorId(2)], note }).claim(1);
  const id = (kind: number): string =>
    `000000${kind.toString(16)}-0000-4000-8000-${told.next.toString(16).padStart(12, '0')}`;
  const [reader, leads] = [
    { annotatorId: annotatorId(1), isBlinded: true },
    { annotatorId: annotatorId(lead), isBlinded: false },
  ];
  for (const subject of [{ kind: 'sentence', sentenceId: sentenceId(1) }, { kind: 'case' }] as const) {
    const [threadId, opening] = [id(0x16) as ThreadId, id(0x17) as CommentId];
    const asked = { threadId, commentId: opening, subject, author: reader, text: plainText('Is the side right?') };
    told.do({ type: 'openThread', ...asked });
    const commentId = id(0x17) as CommentId;
    told.do({ type: 'addComment', threadId, commentId, author: leads, text: plainText('It is.') });
    told.do({ type: 'correctComment', commentId, revision: 1, author: leads, text: plainText('It is not.') });
    told.do({ type: 'resolveThread', threadId, author: leads }).do({ type: 'reopenThread', threadId, author: leads });
    told.do({ type: 'retractComment', commentId: opening, author: leads, mayModerate: true });
  }
  return told.submit(1);
}

/** Flagged, excluded, withdrawn and each time brought back; moved to another protocol, amended and restored; read once more; erased. */
export function changedCase(number: number): ToldCase {
  const content = { subjectId: subjectId(number), protocolVersion: 1 };
  const told = new ToldCase(number, sampleProtocol(), { content });
  const flag = (place: number): FlagId =>
    `00000014-0000-4000-8000-${(number * 100 + place).toString(16).padStart(12, '0')}` as FlagId;
  const [identity, side] = [flag(1), flag(2)];
  const note = plainText('A name on the image.');
  told
    .claim(1)
    .do({ type: 'flagCase', flagId: identity, holder: told.held(1), reason: 'identityVisible', note, ...told.now });
  told.do({ type: 'flagCase', flagId: side, holder: undefined, reason: 'wrongSide', ...told.now });
  told.do({ type: 'resolveFlag', flagId: identity, note: plainText('Blackened.') });
  told.do({ type: 'excludeCase', note: plainText('Cut off.'), ...told.now });
  told.do({ type: 'includeCase', note: plainText('Whole again.'), protocol: told.protocol });
  told.do({ type: 'moveCaseProtocol', protocolVersion: 2, protocol: workflowProtocol, ...told.now });
  told.protocol = workflowProtocol;
  told.claim(1).submit(1).amend(1, 1).claim(2).submit(2).consensus();
  told.do({ type: 'withdrawCase', withReads: true, note: plainText('Of another project.'), ...told.now });
  told.do({ type: 'reinstateCase', note: plainText('It was ours.'), protocol: workflowProtocol }).consensus();
  const given = told.events.find((event) => event.type === 'annotationSubmitted' && event.revision === 1);
  if (given?.type !== 'annotationSubmitted') throw new Error('it was submitted');
  const { readId: id, annotatorId: reader, claimId: claim, annotationId: annotation } = given;
  const restored = { readId: id, annotatorId: reader, claimId: claim, annotationId: annotation, revision: 1 };
  told.do({
    type: 'restoreAnnotation',
    ...restored,
    annotation: given.annotation,
    independence: 'blind',
    protocol: workflowProtocol,
    ...told.now,
  });
  told.consensus().do({ type: 'reopenForReading', readersLeft: 1, protocol: workflowProtocol });
  return told.do({ type: 'eraseSubject', subjectId: subjectId(number) });
}
