import { Database, readText } from '@consilium/postgres';

/**
 * The schema as Postgres itself says it is, in an order that depends on names alone: what a reviewer reads instead of the
 * sum of all migrations. Made of catalogue queries, because a pg_dump of the server's version is not on every machine.
 */
export async function describeSchema(url: string): Promise<string> {
  const database = new Database({ url, applicationName: 'consilium-schema', poolSize: 1 });
  try {
    const parts: string[] = [];
    for (const text of questions) {
      const rows = await database.query({ text, values: [] });
      parts.push(...rows.map((row) => readText(row, 'line')));
    }
    return `${parts.join('\n')}\n`;
  } finally {
    await database.close();
  }
}

const ours = `n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public')`;

const questions = [
  // Grants to our own roles alone: the owner's name is the server's choice.
  `SELECT format('schema %s', n.nspname)
     || coalesce((SELECT string_agg(format(E'\\n  grant %s to %s', g.privileges, g.grantee), '' ORDER BY g.grantee) FROM (
          SELECT r.rolname AS grantee, string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type) AS privileges
          FROM aclexplode(n.nspacl) a JOIN pg_roles r ON r.oid = a.grantee
          WHERE r.rolname LIKE 'consilium\\_%' GROUP BY r.rolname) g), '') AS line
   FROM pg_namespace n WHERE ${ours} ORDER BY n.nspname`,
  `SELECT format(E'\\ntype %s.%s enum (%s)', n.nspname, t.typname,
     (SELECT string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)) AS line
   FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE ${ours} AND t.typtype = 'e' ORDER BY 1`,
  `SELECT format(E'\\nsequence %s.%s start %s increment %s cache %s', n.nspname, c.relname, s.seqstart, s.seqincrement, s.seqcache) AS line
   FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE ${ours} ORDER BY n.nspname, c.relname`,
  `SELECT format(E'\\ntable %s.%s%s%s', n.nspname, c.relname,
       CASE WHEN c.relrowsecurity THEN ' row level security' ELSE '' END,
       coalesce(' with (' || array_to_string(c.reloptions, ', ') || ')', ''))
     || coalesce((SELECT string_agg(format(E'\\n  %s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
          CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
          coalesce(CASE WHEN a.attidentity <> '' THEN ' identity' WHEN a.attgenerated <> '' THEN ' generated ' ELSE ' default ' END
            || pg_get_expr(d.adbin, d.adrelid), CASE WHEN a.attidentity <> '' THEN ' identity' ELSE '' END)), '' ORDER BY a.attnum)
        FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '')
     || coalesce((SELECT string_agg(format(E'\\n  constraint %s %s', k.conname, pg_get_constraintdef(k.oid)), '' ORDER BY k.conname)
        FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype <> 'n'), '')
     || coalesce((SELECT string_agg(E'\\n  ' || pg_get_indexdef(i.indexrelid), '' ORDER BY i.indexrelid::regclass::text)
        FROM pg_index i WHERE i.indrelid = c.oid), '')
     || coalesce((SELECT string_agg(format(E'\\n  policy %s %s to %s using (%s)%s', p.policyname, p.cmd, array_to_string(p.roles, ', '),
          coalesce(p.qual, ''), coalesce(' with check (' || p.with_check || ')', '')), '' ORDER BY p.policyname)
        FROM pg_policies p WHERE p.schemaname = n.nspname AND p.tablename = c.relname), '')
     || coalesce((SELECT string_agg(E'\\n  ' || pg_get_triggerdef(t.oid), '' ORDER BY t.tgname)
        FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal), '')
     || coalesce((SELECT string_agg(format(E'\\n  grant %s to %s', g.privileges, g.grantee), '' ORDER BY g.grantee) FROM (
          SELECT grantee, string_agg(privilege_type, ', ' ORDER BY privilege_type) AS privileges
          FROM information_schema.role_table_grants
          WHERE table_schema = n.nspname AND table_name = c.relname AND grantee LIKE 'consilium\\_%' GROUP BY grantee) g), '') AS line
   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE ${ours} AND c.relkind IN ('r', 'p') ORDER BY n.nspname, c.relname`,
  `SELECT format(E'\\nview %s.%s%s\\n%s', n.nspname, c.relname, coalesce(' with (' || array_to_string(c.reloptions, ', ') || ')', ''),
     pg_get_viewdef(c.oid, true)) AS line
   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours} AND c.relkind = 'v' ORDER BY n.nspname, c.relname`,
  `SELECT E'\\n' || pg_get_functiondef(p.oid) || coalesce((SELECT string_agg('  execute to ' || g.grantee, E'\\n' ORDER BY g.grantee)
       FROM information_schema.role_routine_grants g
       WHERE g.specific_schema = n.nspname AND g.specific_name = p.proname || '_' || p.oid AND g.grantee LIKE 'consilium\\_%'), '') AS line
   FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${ours} AND p.prokind = 'f'
   ORDER BY n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)`,
];
