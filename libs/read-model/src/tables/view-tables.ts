/**
 * The columns of the view tables, in the order in which a batch is written (as in sql/000001-read-model.sql, against which
 * a test holds them).
 */
interface ColumnValues {
  readonly uuid: string;
  readonly text: string;
  readonly boolean: boolean;
  readonly integer: number;
  /** Up to 2^53. */
  readonly bigint: number;
  readonly jsonb: object;
  readonly bytea: Uint8Array;
}

export type ColumnType = keyof ColumnValues;

export interface ViewTable {
  /** The aggregate whose streams the rows come from, and the column with the id of the stream. */
  readonly stream: readonly [aggregate: 'project' | 'annotator' | 'case', column: string];
  readonly key: readonly string[];
  /**
   * 'once': a second row of the same key is a fault. 'final': besides, it is never changed. 'replaced': it takes the place of
   * the first.
   */
  readonly put: 'once' | 'final' | 'replaced';
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly nullable: readonly string[];
}

const viewTables = {
  project: {
    stream: ['project', 'project_id'],
    key: ['project_id'],
    put: 'once',
    columns: {
      project_id: 'uuid',
      organisation: 'uuid',
      name: 'text',
      protocol_version: 'integer',
      created_at_ms: 'bigint',
    },
    nullable: ['protocol_version'],
  },
  protocol: {
    stream: ['project', 'project_id'],
    key: ['project_id', 'protocol_version'],
    put: 'final',
    columns: {
      project_id: 'uuid',
      protocol_version: 'integer',
      organisation: 'uuid',
      reads_per_case: 'integer',
      body: 'jsonb',
      adopted_at_ms: 'bigint',
    },
    nullable: [],
  },
  annotator: {
    stream: ['annotator', 'annotator_id'],
    key: ['annotator_id'],
    put: 'final',
    columns: {
      annotator_id: 'uuid',
      organisation: 'uuid',
      project_id: 'uuid',
      person_id: 'uuid',
      registered_at_ms: 'bigint',
    },
    nullable: [],
  },
  case_file: {
    stream: ['case', 'case_id'],
    key: ['case_id'],
    put: 'final',
    columns: {
      case_id: 'uuid',
      organisation: 'uuid',
      project_id: 'uuid',
      subject_id: 'uuid',
      protocol_version: 'integer',
      imported_event_id: 'uuid',
      imported_at_ms: 'bigint',
      payload: 'bytea',
    },
    nullable: [],
  },
  case_state: {
    stream: ['case', 'case_id'],
    key: ['case_id'],
    put: 'once',
    columns: {
      case_id: 'uuid',
      organisation: 'uuid',
      project_id: 'uuid',
      protocol_version: 'integer',
      position: 'integer',
      priority: 'integer',
      status: 'text',
      reads_submitted: 'integer',
      extra_reads: 'integer',
      is_in_es: 'boolean',
      is_in_en: 'boolean',
    },
    nullable: [],
  },
  read: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'read_id'],
    put: 'replaced',
    columns: {
      case_id: 'uuid',
      read_id: 'uuid',
      organisation: 'uuid',
      annotator_id: 'uuid',
      claim_id: 'uuid',
      status: 'text',
      claimed_at_ms: 'bigint',
      revision: 'integer',
      annotation_id: 'uuid',
      submitted_event_id: 'uuid',
      submitted_at_ms: 'bigint',
      payload: 'bytea',
      purpose: 'text',
    },
    nullable: ['revision', 'annotation_id', 'submitted_event_id', 'submitted_at_ms', 'payload'],
  },
  consensus: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'from_seq'],
    put: 'final',
    columns: {
      case_id: 'uuid',
      from_seq: 'bigint',
      organisation: 'uuid',
      consensus_id: 'uuid',
      outcome: 'text',
      event_id: 'uuid',
      recorded_at_ms: 'bigint',
      payload: 'bytea',
    },
    nullable: [],
  },
  case_event: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'stream_version'],
    put: 'final',
    columns: {
      case_id: 'uuid',
      stream_version: 'integer',
      organisation: 'uuid',
      event_id: 'uuid',
      type: 'text',
      actor_id: 'text',
      actor_role: 'text',
      read_id: 'uuid',
      annotator_id: 'uuid',
      recorded_at_ms: 'bigint',
      global_seq: 'bigint',
      detail: 'jsonb',
    },
    nullable: ['read_id', 'annotator_id', 'detail'],
  },
  project_version: {
    stream: ['project', 'project_id'],
    key: ['project_id', 'from_seq'],
    put: 'final',
    columns: {
      project_id: 'uuid',
      from_seq: 'bigint',
      organisation: 'uuid',
      protocol_version: 'integer',
      event_id: 'uuid',
      actor_id: 'text',
      actor_role: 'text',
      recorded_at_ms: 'bigint',
    },
    nullable: ['protocol_version'],
  },
  annotator_version: {
    stream: ['annotator', 'annotator_id'],
    key: ['annotator_id', 'from_seq'],
    put: 'final',
    columns: {
      annotator_id: 'uuid',
      from_seq: 'bigint',
      organisation: 'uuid',
      project_id: 'uuid',
      person_id: 'uuid',
      recorded_at_ms: 'bigint',
    },
    nullable: [],
  },
  case_version: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'from_seq'],
    put: 'final',
    columns: { case_id: 'uuid', from_seq: 'bigint', organisation: 'uuid', status: 'text' },
    nullable: [],
  },
  sentence_version: {
    stream: ['case', 'case_id'],
    key: ['sentence_id', 'from_seq'],
    put: 'final',
    columns: { sentence_id: 'uuid', from_seq: 'bigint', organisation: 'uuid', case_id: 'uuid', version: 'integer' },
    nullable: [],
  },
  annotation_version: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'read_id', 'from_seq'],
    put: 'final',
    columns: {
      case_id: 'uuid',
      read_id: 'uuid',
      from_seq: 'bigint',
      organisation: 'uuid',
      annotator_id: 'uuid',
      claim_id: 'uuid',
      annotation_id: 'uuid',
      revision: 'integer',
      counts: 'boolean',
      event_id: 'uuid',
      recorded_at_ms: 'bigint',
      payload: 'bytea',
    },
    nullable: ['payload'],
  },
  region_version: {
    stream: ['case', 'case_id'],
    key: ['region_id', 'from_seq'],
    put: 'final',
    columns: { region_id: 'uuid', from_seq: 'bigint', organisation: 'uuid', case_id: 'uuid', read_id: 'uuid' },
    nullable: [],
  },
  adjudication: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'adjudication_id'],
    put: 'once',
    columns: {
      case_id: 'uuid',
      adjudication_id: 'uuid',
      organisation: 'uuid',
      from_seq: 'bigint',
      cause: 'text',
      panel_size: 'integer',
      is_split: 'boolean',
      opened_at_ms: 'bigint',
      decided_at_ms: 'bigint',
      decided_seq: 'bigint',
      annotation_id: 'uuid',
      payload: 'bytea',
    },
    nullable: ['decided_at_ms', 'decided_seq', 'annotation_id', 'payload'],
  },
  adjudication_vote: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'annotation_id'],
    put: 'final',
    columns: {
      case_id: 'uuid',
      annotation_id: 'uuid',
      organisation: 'uuid',
      adjudication_id: 'uuid',
      annotator_id: 'uuid',
      from_seq: 'bigint',
      event_id: 'uuid',
      recorded_at_ms: 'bigint',
      payload: 'bytea',
    },
    nullable: [],
  },
  // People, and moving cases between versions of the protocol.
  annotator_pause_version: {
    stream: ['annotator', 'annotator_id'],
    key: ['annotator_id', 'from_seq'],
    put: 'final',
    columns: {
      annotator_id: 'uuid',
      from_seq: 'bigint',
      organisation: 'uuid',
      reason: 'text',
      recorded_at_ms: 'bigint',
    },
    nullable: ['reason'],
  },
  qualification_version: {
    stream: ['annotator', 'annotator_id'],
    key: ['annotator_id', 'kind', 'term', 'from_seq'],
    put: 'final',
    columns: {
      annotator_id: 'uuid',
      kind: 'text',
      term: 'text',
      from_seq: 'bigint',
      organisation: 'uuid',
      holds: 'boolean',
      expires_at_ms: 'bigint',
      recorded_at_ms: 'bigint',
    },
    nullable: ['expires_at_ms'],
  },
  member_version: {
    stream: ['project', 'project_id'],
    key: ['project_id', 'role', 'person_id', 'from_seq'],
    put: 'final',
    columns: {
      project_id: 'uuid',
      role: 'text',
      person_id: 'uuid',
      from_seq: 'bigint',
      organisation: 'uuid',
      listed: 'boolean',
      recorded_at_ms: 'bigint',
    },
    nullable: [],
  },
  case_protocol_version: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'from_seq'],
    put: 'final',
    columns: { case_id: 'uuid', from_seq: 'bigint', organisation: 'uuid', protocol_version: 'integer' },
    nullable: [],
  },
  // What a lead is asked about.
  late_annotation: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'annotation_id'],
    put: 'once',
    columns: {
      case_id: 'uuid',
      annotation_id: 'uuid',
      organisation: 'uuid',
      read_id: 'uuid',
      annotator_id: 'uuid',
      claim_id: 'uuid',
      status: 'text',
      event_id: 'uuid',
      recorded_at_ms: 'bigint',
      payload: 'bytea',
    },
    nullable: [],
  },
  case_flag: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'flag_id'],
    put: 'once',
    columns: {
      case_id: 'uuid',
      flag_id: 'uuid',
      organisation: 'uuid',
      annotator_id: 'uuid',
      actor_id: 'text',
      actor_role: 'text',
      reason: 'text',
      status: 'text',
      event_id: 'uuid',
      recorded_at_ms: 'bigint',
      detail: 'jsonb',
    },
    nullable: ['annotator_id', 'detail'],
  },
  // Cases whose answer is known.
  gold: {
    stream: ['case', 'case_id'],
    key: ['case_id'],
    put: 'replaced',
    columns: {
      case_id: 'uuid',
      organisation: 'uuid',
      is_active: 'boolean',
      truth_version: 'integer',
      from_seq: 'bigint',
    },
    nullable: [],
  },
  gold_truth: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'truth_version'],
    put: 'final',
    columns: {
      case_id: 'uuid',
      truth_version: 'integer',
      organisation: 'uuid',
      from_seq: 'bigint',
      set_by: 'uuid',
      event_id: 'uuid',
      event_type: 'text',
      actor_id: 'text',
      recorded_at_ms: 'bigint',
      payload: 'bytea',
    },
    nullable: [],
  },
  alert: {
    stream: ['annotator', 'annotator_id'],
    key: ['annotator_id', 'alert_id'],
    put: 'once',
    columns: {
      annotator_id: 'uuid',
      alert_id: 'uuid',
      organisation: 'uuid',
      project_id: 'uuid',
      kind: 'text',
      status: 'text',
      from_seq: 'bigint',
      raised_at_ms: 'bigint',
      acknowledged_at_ms: 'bigint',
      acknowledged_by: 'text',
      resolved_at_ms: 'bigint',
      resolved_by: 'text',
      outcome: 'text',
      figures: 'jsonb',
    },
    nullable: ['acknowledged_at_ms', 'acknowledged_by', 'resolved_at_ms', 'resolved_by', 'outcome'],
  },
  // What answers were worth.
  answer_score: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'read_id', 'from_seq'],
    put: 'final',
    columns: {
      case_id: 'uuid',
      read_id: 'uuid',
      from_seq: 'bigint',
      organisation: 'uuid',
      annotator_id: 'uuid',
      source: 'text',
      truth_version: 'integer',
      adjudication_id: 'uuid',
      event_id: 'uuid',
      recorded_at_ms: 'bigint',
      score: 'jsonb',
    },
    nullable: ['truth_version', 'adjudication_id'],
  },
  // Whom cases are given to.
  case_assignment: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'annotator_id'],
    put: 'replaced',
    columns: {
      case_id: 'uuid',
      annotator_id: 'uuid',
      organisation: 'uuid',
      is_assigned: 'boolean',
      from_seq: 'bigint',
    },
    nullable: [],
  },
  // What people say to each other.
  thread_event: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'from_seq'],
    put: 'final',
    columns: {
      case_id: 'uuid',
      from_seq: 'bigint',
      organisation: 'uuid',
      thread_id: 'uuid',
      type: 'text',
      event_id: 'uuid',
      actor_role: 'text',
      reason: 'text',
      recorded_at_ms: 'bigint',
      payload: 'bytea',
    },
    nullable: ['reason'],
  },
  // Sentences that change, and translations that are questioned.
  sentence_change: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'from_seq'],
    put: 'final',
    columns: {
      case_id: 'uuid',
      from_seq: 'bigint',
      organisation: 'uuid',
      type: 'text',
      event_id: 'uuid',
      actor_id: 'text',
      actor_role: 'text',
      reason: 'text',
      recorded_at_ms: 'bigint',
      payload: 'bytea',
    },
    nullable: ['reason'],
  },
  outdated_annotation: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'from_seq'],
    put: 'final',
    columns: {
      case_id: 'uuid',
      from_seq: 'bigint',
      organisation: 'uuid',
      read_id: 'uuid',
      annotator_id: 'uuid',
      revision: 'integer',
      recorded_at_ms: 'bigint',
    },
    nullable: [],
  },
  translation_question: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'disagreement_id'],
    put: 'once',
    columns: {
      case_id: 'uuid',
      disagreement_id: 'uuid',
      organisation: 'uuid',
      project_id: 'uuid',
      sentence_id: 'uuid',
      version: 'integer',
      status: 'text',
      from_seq: 'bigint',
      recorded_at_ms: 'bigint',
      detail: 'jsonb',
    },
    nullable: [],
  },
  // How sources call the readers of what came in with a case.
  external_read: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'read_id'],
    put: 'final',
    columns: {
      case_id: 'uuid',
      read_id: 'uuid',
      organisation: 'uuid',
      annotator_id: 'uuid',
      event_id: 'uuid',
      detail: 'jsonb',
    },
    nullable: [],
  },
  review: {
    stream: ['case', 'case_id'],
    key: ['case_id', 'review_id'],
    put: 'once',
    columns: {
      case_id: 'uuid',
      review_id: 'uuid',
      organisation: 'uuid',
      read_id: 'uuid',
      cause: 'text',
      status: 'text',
      from_seq: 'bigint',
      opened_at_ms: 'bigint',
      claim_id: 'uuid',
      reviewer_id: 'uuid',
      ended_seq: 'bigint',
      ended_at_ms: 'bigint',
      outcome: 'text',
      reason: 'text',
      event_id: 'uuid',
      payload: 'bytea',
    },
    nullable: ['claim_id', 'reviewer_id', 'ended_seq', 'ended_at_ms', 'outcome', 'reason', 'event_id', 'payload'],
  },
} as const;

type Tables = typeof viewTables;
export type ViewName = keyof Tables;

/** A row of one view table. */
export type ViewRow<Name extends ViewName> = {
  readonly [Column in keyof Tables[Name]['columns']]: Tables[Name]['columns'][Column] extends ColumnType
    ? ColumnValues[Tables[Name]['columns'][Column]] | (Column extends Tables[Name]['nullable'][number] ? null : never)
    : never;
};

export type ViewKey<Name extends ViewName> = Pick<
  ViewRow<Name>,
  Extract<Tables[Name]['key'][number], keyof ViewRow<Name>>
>;

/** In the order in which a batch is written. */
export const viewNames: readonly ViewName[] = [
  'project',
  'protocol',
  'annotator',
  'case_file',
  'case_state',
  'read',
  'consensus',
  'case_event',
  'project_version',
  'annotator_version',
  'case_version',
  'sentence_version',
  'annotation_version',
  'region_version',
  'adjudication',
  'adjudication_vote',
  // People, and moving cases between versions of the protocol.
  'annotator_pause_version',
  'qualification_version',
  'member_version',
  'case_protocol_version',
  'late_annotation',
  'case_flag',
  'sentence_change',
  'outdated_annotation',
  'translation_question',
  'external_read',
  'gold',
  'gold_truth',
  'review',
  'answer_score',
  'alert',
  'thread_event',
  'case_assignment',
];

export const viewTable = (name: ViewName): ViewTable => viewTables[name];
