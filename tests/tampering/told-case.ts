import {
  type AnnotationDraft,
  type AnswerScore,
  type AnnotatorId,
  type CaseCommand,
  type CaseEvent,
  type CaseState,
  type ClaimId,
  type Decider,
  type Disagreement,
  fold,
  type ImportedCase,
  type Instant,
  type Lease,
  medicalCase,
  plainText,
  type Protocol,
  type ReadId,
  type ReviewId,
  type ReviewVerdict,
  type ScoredTruth,
  type ScoringId,
} from '@consilium/domain';
import {
  adjudicationId,
  annotationId,
  annotatorId,
  caseId,
  claimId,
  consensusId,
  disagreementId,
  imageId,
  publishedLogStartMs,
  readId,
  regionId,
  sampleCase,
  sampleDraft,
  sampleFinding,
  sampleRegion,
  sentenceId,
} from '@consilium/testing';

/** What a decider makes of one command after the other. None may be refused, and each must come to something. */
export function told<Command, Event, State, Refusal>(
  decider: Decider<Command, Event, State, Refusal>,
  commands: readonly Command[],
): readonly Event[] {
  const events: Event[] = [];
  for (const command of commands) events.push(...toldOf(decider, command, fold(decider, events)));
  return events;
}

function toldOf<Command, Event, State, Refusal>(
  { decide }: Decider<Command, Event, State, Refusal>,
  command: Command,
  state: State,
): readonly Event[] {
  const decision = decide(command, state);
  if (!decision.ok || decision.events.length === 0) {
    throw new Error(`nothing comes of ${JSON.stringify(command)}: ${JSON.stringify(decision)}`);
  }
  return decision.events;
}

type Known = Exclude<CaseState, { readonly status: 'unknown' }>;
type Import = Extract<CaseCommand, { readonly type: 'importCase' }>;
/** What is said of a case beside what every told case is. */
export type ImportChanges = { readonly content?: Partial<ImportedCase> } & Pick<Import, 'questions' | 'reads'>;

/**
 * A case as its decider tells it, step by step, with a store that keeps every lease and a clock that stands still until somebody
 * waits. People are numbers, of whom each has an id as annotator. All ids follow from the number of the case.
 */
export class ToldCase {
  readonly number: number;
  readonly events: CaseEvent[] = [];
  protocol: Protocol;
  #state: CaseState = medicalCase.initial;
  #at = publishedLogStartMs;

  /** With two sentences, and an image of 100 rows and 200 columns. Numbers count from 1, up to some thousands. */
  constructor(number: number, protocol: Protocol, { content, ...rest }: ImportChanges = {}) {
    this.number = number;
    this.protocol = protocol;
    const sentences = [1, 2].map((place) => ({
      sentenceId: sentenceId(place),
      version: 1,
      origin: 'report' as const,
      text: { es: plainText('Nódulo en el lóbulo superior.'), en: plainText('Nodule in the upper lobe.') },
    }));
    const sample = sampleCase({ caseId: caseId(number), position: number, protocolVersion: 2, sentences, ...content });
    this.do({ type: 'importCase', content: sample, protocol, ...rest });
  }

  get state(): Known {
    if (this.#state.status === 'unknown') throw new Error('a case is told from its import');
    return this.#state;
  }

  /** Another number after every event. */
  get next(): number {
    return this.number * 100 + this.events.length;
  }

  /** When it is, and which leases were granted until then. */
  get now(): { readonly at: Instant; readonly leases: readonly Lease[] } {
    const leases = this.events.flatMap((event) =>
      'leaseEndsAt' in event
        ? [{ claimId: event.claimId, annotatorId: event.annotatorId, endsAt: event.leaseEndsAt }]
        : [],
    );
    return { at: this.#at as Instant, leases };
  }

  do(command: CaseCommand): this {
    const events = toldOf(medicalCase, command, this.#state);
    this.events.push(...events);
    this.#state = events.reduce(medicalCase.evolve, this.#state);
    return this;
  }

  /** Until every lease that there is has run out. */
  wait(): this {
    this.#at += this.protocol.leaseMs;
    return this;
  }

  readOf(who: number): ReadId {
    return readId(this.number * 100 + who);
  }

  claim(who: number): this {
    const read = { annotatorId: annotatorId(who), claimId: claimId(this.next), readId: this.readOf(who) };
    return this.do({ type: 'claimRead', ...read, ...this.now, protocol: this.protocol });
  }

  /** By the newest claim, ended or not; `drawn` is below the share that is reviewed, or not. */
  submit(who: number, drawn = 1): this {
    return this.do({
      type: 'submitAnnotation',
      ...this.held(who),
      annotationId: annotationId(this.next),
      revision: 0,
      draft: this.draft(),
      review: { reviewId: this.reviewId(), drawn },
      timeOnTask: { activeMs: 400, wallMs: 900, idleGapMs: 300_000 },
      protocol: this.protocol,
    });
  }

  /** What somebody holds, or held last. */
  held(who: number): { readonly annotatorId: AnnotatorId; readonly claimId: ClaimId } & ToldCase['now'] {
    const { at, leases } = this.now;
    const own = leases.findLast((lease) => lease.annotatorId === annotatorId(who));
    if (own === undefined) throw new Error(`${String(who)} has claimed nothing of case ${String(this.number)}`);
    return { annotatorId: own.annotatorId, claimId: own.claimId, at, leases };
  }

  /** A finding with a box, in the first sentence as it is. */
  draft(): AnnotationDraft {
    const [sentence] = this.state.sentences;
    if (sentence === undefined) throw new Error('a told case has sentences');
    const finding = sampleFinding(1, {
      sentence: { sentenceId: sentence.sentenceId, version: sentence.version },
      statement: { es: plainText('Nódulo de 8 mm.'), en: plainText('A nodule of 8 mm.') },
      labels: ['nodule'],
      locations: ['left'],
      attributes: [{ name: 'malignancy', value: 4 }],
      regionIds: [regionId(1)],
    });
    return { ...sampleDraft(sampleRegion(1)), findings: [finding] };
  }

  reviewId(): ReviewId {
    return `00000013-0000-4000-8000-${this.next.toString(16).padStart(12, '0')}` as ReviewId;
  }

  /** Of the reads that are complete: they agree, or disagree about one thing. */
  consensus(kind?: Disagreement['kind'], changes: { readonly isSampled?: boolean } = {}): this {
    const { completedAtVersion, reads } = this.state;
    const readIds = [...reads.values()].flatMap((read) => (read.status === 'submitted' ? [read.readId] : []));
    const [first, ...others] = readIds;
    if (first === undefined) throw new Error('a consensus is of reads');
    const options = [
      { option: 'absent', readIds: [first] },
      { option: 'present', readIds: others },
    ];
    return this.do({
      type: 'recordConsensus',
      consensus: {
        consensusId: consensusId(this.next),
        basedOnVersion: completedAtVersion,
        readIds,
        method: { name: 'majority', version: '1', parameters: { gate: 0.5 } },
        regions: [
          {
            regionId: regionId(this.next),
            imageId: imageId(1),
            sentenceId: sentenceId(1),
            decision: 'present',
            score: 1,
            supporters: { count: readIds.length, of: readIds.length },
            members: readIds.map((id) => ({ readId: id, regionId: regionId(1) })),
            box: { x1: 0, y1: 0, x2: 10, y2: 10 },
            label: 'nodule',
            attributes: [{ name: 'malignancy', value: 4 }],
          },
        ],
        sentences: [{ sentenceId: sentenceId(1), version: 1, decision: 'settled', polarity: 'positive' }],
        matching: { summedIou: 1, exact: true, gap: 0 },
      },
      disagreements:
        kind === undefined
          ? []
          : [{ disagreementId: disagreementId(this.next), kind, sentenceId: null, regionIds: [], options }],
      hasForcedLabel: false,
      isSampled: changes.isSampled === true,
      readersLeft: 1,
      adjudicationId: adjudicationId(this.next),
      protocol: this.protocol,
    });
  }

  seat(who: number, role: 'adjudicator' | 'lead' = 'adjudicator'): this {
    const seat = { annotatorId: annotatorId(who), claimId: claimId(this.next), ...this.now };
    return this.do({ type: 'claimSeat', ...seat, role, protocol: this.protocol });
  }

  /** The same option of everything that is to be decided. */
  vote(who: number, option: string): this {
    const { state } = this;
    const disagreements = state.status === 'adjudicating' ? state.adjudication.disagreements : [];
    const choices = disagreements.map(({ disagreementId: id }) => ({
      disagreementId: id,
      option,
      reason: 'clearOnImage' as const,
      note: plainText('Seen on both images.'),
    }));
    const given = { annotationId: annotationId(this.next), draft: this.draft(), choices, protocol: this.protocol };
    return this.do({ type: 'vote', ...this.held(who), ...given });
  }

  /** What those who answered are worth, against the truth that the case has at present. */
  scored(kind: ScoredTruth['kind']): this {
    const { decidedBy, gold, reads, goldReads } = this.state;
    const truth: ScoredTruth =
      kind === 'gold'
        ? { kind, truthVersion: gold?.truthVersion ?? 0 }
        : { kind, adjudicationId: decidedBy ?? adjudicationId(0), samplingProbability: 0.25 };
    const scores = [...(kind === 'gold' ? goldReads : reads)].flatMap(([who, read]): readonly AnswerScore[] =>
      read.status === 'submitted'
        ? [
            {
              readId: read.readId,
              annotatorId: who,
              annotationId: read.annotationId,
              activeMs: 400,
              items: [{ sentence: null, label: 'nodule', findingGroup: 'lung', given: 'present', truth: 'absent' }],
              regions: { expected: 1, given: 1, matched: 1, summedIou: 0.75 },
            },
          ]
        : [],
    );
    const scoringId = `00000015-0000-4000-8000-${this.next.toString(16).padStart(12, '0')}` as ScoringId;
    const method = { name: 'truth', version: '1', parameters: { gate: 0.5 } };
    return this.do({
      type: 'recordScores',
      scorings: [{ scoringId, basedOnVersion: this.events.length, truth, method, scores }],
    });
  }

  claimReview(who: number): this {
    const claim = { annotatorId: annotatorId(who), claimId: claimId(this.next), ...this.now };
    return this.do({ type: 'claimReview', ...claim, reviewId: undefined, protocol: this.protocol });
  }

  /** Of what the reader gave last. */
  review(who: number, reader: number, verdict: ReviewVerdict): this {
    const read = this.state.reads.get(annotatorId(reader));
    if (read?.status !== 'submitted') throw new Error(`${String(reader)} has submitted nothing that counts`);
    const given = { annotationId: read.annotationId, verdict, note: plainText('The lower edge.') };
    return this.do({ type: 'recordReview', ...this.held(who), ...given, protocol: this.protocol });
  }

  /** A new content, in the window from the submission of just now. */
  amend(who: number, revision: number): this {
    const { at } = this.now;
    return this.do({
      type: 'amendAnnotation',
      annotatorId: annotatorId(who),
      revision,
      draft: this.draft(),
      note: plainText('The box was too small.'),
      protocol: this.protocol,
      at,
      submittedAt: at,
      independence: 'blind',
    });
  }
}
