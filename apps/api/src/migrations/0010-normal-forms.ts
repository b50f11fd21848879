import { normalForm } from '@trainyard/domain';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What must be unique is compared in one normal form, which is stored: PostgreSQL's lower() knows other letters under each
 * locale, and never the same ones as JavaScript's.
 */
export class NormalForms1764000000010 implements MigrationInterface {
  name = 'NormalForms1764000000010';

  async up(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      ALTER TABLE app_user ADD COLUMN email_key text COLLATE "C", ADD COLUMN name_key text COLLATE "C";
      ALTER TABLE team ADD COLUMN name_key text COLLATE "C";
      ALTER TABLE label ADD COLUMN name_key text COLLATE "C";
    `);
    await fill(db, { table: 'app_user', text: 'email', key: 'email_key', within: `''` });
    await fill(db, { table: 'app_user', text: 'name', key: 'name_key', within: 'id::text' });
    await fill(db, { table: 'team', text: 'name', key: 'name_key', within: `''` });
    await fill(db, { table: 'label', text: 'name', key: 'name_key', within: 'project_id::text' });
    await db.query(/* sql */ `
      ALTER TABLE app_user ALTER COLUMN email_key SET NOT NULL, ALTER COLUMN name_key SET NOT NULL;
      ALTER TABLE team ALTER COLUMN name_key SET NOT NULL;
      ALTER TABLE label ALTER COLUMN name_key SET NOT NULL;
      DROP INDEX app_user_email, team_name, label_name;
      CREATE UNIQUE INDEX app_user_email ON app_user (email_key);
      CREATE INDEX app_user_name ON app_user (name_key, id);
      CREATE UNIQUE INDEX team_name ON team (name_key);
      CREATE UNIQUE INDEX label_name ON label (project_id, name_key);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(/* sql */ `
      DROP INDEX app_user_email, app_user_name, team_name, label_name;
      ALTER TABLE app_user DROP COLUMN email_key, DROP COLUMN name_key;
      ALTER TABLE team DROP COLUMN name_key;
      ALTER TABLE label DROP COLUMN name_key;
      CREATE UNIQUE INDEX app_user_email ON app_user (lower(email));
      CREATE UNIQUE INDEX team_name ON team (lower(name));
      CREATE UNIQUE INDEX label_name ON label (project_id, lower(name));
    `);
  }
}

/**
 * Fills `key` with the normal form of `text`. Two rows that were different until now and are the same in the normal form both
 * stay: the older has the key, the newer one that nobody can type (a normal form is trimmed). An account of those is still
 * signed in to by its address exactly as it is stored; a name of those gets a key of its own with its next change.
 */
async function fill(
  db: QueryRunner,
  { table, text, key, within }: { table: 'app_user' | 'team' | 'label'; text: string; key: string; within: string },
): Promise<void> {
  const age = table === 'label' ? 'id' : 'created_at, id';
  const found = (await db.query(`SELECT id, ${text} AS text, ${within} AS within FROM ${table} ORDER BY ${age}`)) as {
    id: string;
    text: string;
    within: string;
  }[];
  const taken = new Set<string>();
  const keys = found.map((one) => {
    const form = normalForm(one.text);
    const place = JSON.stringify([one.within, form]);
    const free = !taken.has(place);
    taken.add(place);
    return free ? form : `${form} ${one.id} `;
  });
  await db.query(`UPDATE ${table} SET ${key} = filled.key FROM unnest($1::uuid[], $2::text[]) AS filled (id, key) WHERE ${table}.id = filled.id`, [
    found.map(({ id }) => id),
    keys,
  ]);
}
