import { Injectable } from '@nestjs/common';
import { fieldOf, RUN_FIELDS, RUN_GROUPS_MAX, type Actor, type RunGroupField } from '@trainyard/domain';
import { gathered, type ListRequest } from '../platform/lists/reading.ts';
import type { Statement } from '../platform/lists/statement.ts';
import { Database } from '../platform/sql/database.ts';
import { MERIT } from './merit.ts';
import { dataset, parameterNames, metricNames, RUN_LIST, ticket } from './run.list.ts';
import type { RunColumnsType, RunGroupType } from './run-groups.types.ts';

/** What of a run names its group, and what a set of groups (`grouped.key`) is called. A value of a query finds the same runs. */
interface GroupSql {
  key: (statement: Statement) => string;
  value: string;
  name: string;
  sources: string;
}

const GROUPS: Record<RunGroupField, GroupSql> = {
  DATASET: {
    key: (statement) => `${dataset('id', statement)}::text`,
    value: 'grouped.key',
    name: 'd.name',
    sources: 'LEFT JOIN dataset d ON d.id = grouped.key::uuid',
  },
  TEMPLATE: { key: () => 'r.template', value: 'grouped.key', name: 'NULL::text', sources: '' },
  TICKET: {
    key: () => `${ticket('t.id')}::text`,
    value: `tp.key || '-' || t.number`,
    name: 't.title',
    sources: 'LEFT JOIN ticket t ON t.id = grouped.key::uuid LEFT JOIN project tp ON tp.id = t.project_id',
  },
};

interface GroupRow {
  value: string | null;
  name: string | null;
  total: number;
  best: { split: 'TRAIN' | 'VALIDATION' | 'TEST'; name: 'accuracy' | 'mae'; value: number } | null;
}

/** Runs of the list by what they have in common, and what can be told of them. */
@Injectable()
export class RunGroups {
  constructor(private readonly database: Database) {}

  /**
   * Groups of the runs that are found, those with most runs first. Of each the best among the figures that most of its runs have: figures of
   * other samples are not compared with them.
   */
  async groups(actor: Actor, asked: ListRequest, by: RunGroupField): Promise<RunGroupType[]> {
    const { key, value, name, sources } = GROUPS[by];
    const found = await gathered<GroupRow>(
      this.database,
      RUN_LIST,
      actor,
      asked,
      (from, where, statement) => /* sql */ `
      WITH hit AS MATERIALIZED (
        SELECT ${key(statement)} AS key, a.headline ->> 'name' AS metric, a.headline ->> 'split' AS split, (a.headline ->> 'value')::float8 AS value
        FROM ${from} WHERE ${where}),
      figure AS (
        SELECT key, metric, split, count(*)::int AS runs, ${MERIT('metric', `max(${MERIT('metric', 'value')})`)} AS value FROM hit GROUP BY key, metric, split),
      grouped AS (
        SELECT key, sum(runs)::int AS total,
          (array_agg(jsonb_build_object('split', split, 'name', metric, 'value', value) ORDER BY runs DESC, split, metric) FILTER (WHERE metric IS NOT NULL))[1] AS best
        FROM figure GROUP BY key)
      SELECT ${value} AS value, ${name} AS name, grouped.total, grouped.best FROM grouped ${sources}
      ORDER BY grouped.total DESC, ${name} COLLATE "C", grouped.key LIMIT ${RUN_GROUPS_MAX}`,
    );
    return found;
  }

  /** The metrics and parameters that some run has which is found: what can be a column. */
  async columns(actor: Actor, asked: ListRequest): Promise<RunColumnsType> {
    const [metrics, parameters] = await Promise.all([this.members(actor, asked, metricNames, 'metric'), this.members(actor, asked, parameterNames, 'param')]);
    return { metrics, parameters };
  }

  private async members(actor: Actor, asked: ListRequest, members: string, family: string): Promise<string[]> {
    const found = await gathered<{ member: string }>(
      this.database,
      RUN_LIST,
      actor,
      asked,
      (from, where) => `SELECT DISTINCT held.member FROM ${from} CROSS JOIN LATERAL (${members}) held (member)
        WHERE ${where} AND held.member IS NOT NULL ORDER BY held.member LIMIT ${RUN_GROUPS_MAX}`,
    );
    // a name that no query can say can be sorted by in none
    return found.map(({ member }) => member).filter((member) => fieldOf(RUN_FIELDS, `${family}.${member}`) !== null);
  }
}
