import type { ActorRole, CommandId, Instant, OrganisationId, PersonId, ProjectId } from '@consilium/domain';
import { readInteger, readText } from '@consilium/postgres';
import type { Queryable } from '@consilium/postgres';

export interface ExportEntry {
  readonly organisation: OrganisationId;
  readonly projectId: ProjectId;
  readonly actorId: PersonId;
  readonly actorRole: ActorRole;
  readonly commandId: CommandId;
  /** 1 to 200 characters, as is the next. */
  readonly recipient: string;
  readonly purpose: string;
}

/** Records that an export begins, once for a command; false when the same command recorded another one. */
export async function recordExport(session: Queryable, entry: ExportEntry): Promise<boolean> {
  const { organisation, projectId, actorId, actorRole, commandId, recipient, purpose } = entry;
  await session.execute({
    name: 'audit-record-export',
    text: `INSERT INTO audit.export (organisation, project_id, actor_id, actor_role, command_id, recipient, purpose)
      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (organisation, actor_id, command_id) DO NOTHING`,
    values: [organisation, projectId, actorId, actorRole, commandId, recipient, purpose],
  });
  const same = await session.query({
    name: 'audit-same-export',
    text: `SELECT FROM audit.export
      WHERE export.organisation = $1 AND export.actor_id = $2 AND export.command_id = $3
        AND export.project_id = $4 AND export.recipient = $5 AND export.purpose = $6`,
    values: [organisation, actorId, commandId, projectId, recipient, purpose],
  });
  return same.length > 0;
}

export interface ExportRecipientView {
  readonly recipient: string;
  readonly purpose: string;
  readonly projectId: ProjectId;
  readonly exports: number;
  readonly lastAt: Instant;
}

/**
 * Who was given what is in these projects since: the newest first, at most 1,000. An export takes what comes in while it runs,
 * so those that began up to a day before count too.
 */
export async function listExportRecipients(
  session: Queryable,
  { organisation, since }: { readonly organisation: OrganisationId; readonly since: ReadonlyMap<ProjectId, Instant> },
): Promise<readonly ExportRecipientView[]> {
  const rows = await session.query({
    text: `SELECT export.recipient, export.purpose, export.project_id, count(*)::integer AS exports,
        journal.epoch_ms(max(export.at)) AS last_at_ms
      FROM unnest($2::uuid[], $3::bigint[]) AS given (project_id, since_ms)
      JOIN audit.export ON export.organisation = $1 AND export.project_id = given.project_id
        AND export.at >= journal.instant_of(given.since_ms) - interval '1 day'
      GROUP BY export.recipient, export.purpose, export.project_id
      ORDER BY last_at_ms DESC, export.recipient, export.purpose, export.project_id LIMIT 1000`,
    values: [organisation, [...since.keys()], [...since.values()]],
  });
  return rows.map((row) => ({
    recipient: readText(row, 'recipient'),
    purpose: readText(row, 'purpose'),
    projectId: readText(row, 'project_id') as ProjectId,
    exports: readInteger(row, 'exports'),
    lastAt: readInteger(row, 'last_at_ms') as Instant,
  }));
}
