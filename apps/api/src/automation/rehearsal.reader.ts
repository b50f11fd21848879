import { Injectable } from '@nestjs/common';
import {
  faultsIn,
  LINK_FIELDS,
  loopsThrough,
  parse,
  rehearsedSince,
  rehearsedTickets,
  rehearsing,
  TICKET_FIELDS,
  type Actor,
  type Past,
  type PastEntry,
  type ProjectScope,
  type RuleAction,
  type TicketThen,
  type Trigger,
} from '@trainyard/domain';
import { demandProject, PROJECT_SCOPE } from '../platform/authorize.ts';
import { inPastTurn } from '../platform/lists/list-turns.ts';
import { inTurn } from '../platform/lists/reading.ts';
import { inSlices } from '../platform/slices.ts';
import { Database, databaseNow, row, rows, type Tx } from '../platform/sql/database.ts';
import { CARD_COLUMNS, CARD_SOURCES, type CardRow } from '../ticket/ticket.rows.ts';
import type { RehearseRuleInput, RuleRehearsal } from './automation.types.ts';
import { whenThen } from './automation.service.ts';
import { rulesOf, type RuleRow } from './rule.rows.ts';
import { worldOf, type ProjectWorld } from './rule-world.ts';

/** Entries of the log that are read at most: further back a rule is not tried then. */
const ENTRIES_MAX = 50_000;
const ENTRIES_EACH = 5_000;
/** Tickets whose past is looked at, the newest. */
const REHEARSED_TICKETS_MAX = 20_000;
/** What a rule looks at and what tickets are made of; ranks of a backlog are told by many rows, and say nothing. */
const LOOKED_AT = `a.entity IN ('TICKET', 'COMMENT', 'ATTACHMENT', 'RUN', 'SPRINT') AND a.action <> 'RERANKED'`;
const DRAFT = 'draft';

/** A rule tried on what has happened. Nothing is written. */
@Injectable()
export class RehearsalReader {
  constructor(private readonly database: Database) {}

  async rehearse(actor: Actor, input: RehearseRuleInput): Promise<RuleRehearsal> {
    const { direct } = this.database;
    const { projectId } = input;
    demandProject(actor, 'rule.manage', await row<ProjectScope>(direct, `SELECT ${PROJECT_SCOPE} FROM project p WHERE p.id = $1`, [projectId]));
    const rule = { condition: (input.condition ?? '').trim(), ...whenThen(input.trigger, input.actions) };
    return inPastTurn(this.database, actor, () =>
      inTurn(this.database, actor, async (tx) => {
        await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
        const world = await worldOf(tx, projectId, [rule], 'ALL');
        const faults = faultsIn(rule, world);
        const now = await databaseNow(tx);
        const wanted = rehearsedSince(now, world.project.timeZone);
        const others = (await rulesOf(tx, projectId)).filter(({ id, enabled }) => enabled && id !== input.ruleId);
        const loops = loopsOf(rule, others, world);
        const parsed = parse(rule.condition, TICKET_FIELDS);
        const nothing = { events: 0, matched: 0, changing: 0, unknown: 0, unknownFields: [], firings: [] };
        if (!parsed.ok) return { since: wanted, isShort: false, hasMoreTickets: false, ...nothing, loops, faults };

        const { past, isShort, hasMoreTickets } = await pastOf(tx, projectId, wanted, now, world, rule.trigger);
        const names = {
          me: actor.userId,
          project: world.project,
          columns: world.columns,
          labels: world.labels,
          people: world.people,
          sprints: world.allSprints,
          keys: await parentsOf(tx, past.tickets),
        };
        const { firings, ...counts } = await inSlices(rehearsing({ ...rule, query: parsed.query }, past, names));
        const titles = new Map(past.tickets.map(({ id, number, title }) => [id, { key: `${world.project.key}-${number}`, title }]));
        return {
          since: new Date(past.since),
          isShort,
          hasMoreTickets,
          ...counts,
          firings: firings.map(({ ticketId, at, ...firing }) => ({
            ...firing,
            ticketId,
            ticketKey: (ticketId !== null && titles.get(ticketId)?.key) || null,
            ticketTitle: (ticketId !== null && titles.get(ticketId)?.title) || null,
            at: new Date(at),
          })),
          loops,
          faults,
        };
      }),
    );
  }
}

/** Ways through the rules that are on, by their names; the draft has none yet. */
function loopsOf(rule: { trigger: RuleRow['trigger']; actions: RuleAction[] }, others: readonly RuleRow[], world: ProjectWorld): string[][] {
  const nameOf = new Map(others.map(({ id, name }) => [id, name]));
  const categories = new Map([...world.columns].map(([id, { category }]) => [id, category]));
  return loopsThrough({ id: DRAFT, ...rule }, others, categories).map((way) => way.map((id) => nameOf.get(id) ?? ''));
}

interface Read {
  past: Past;
  isShort: boolean;
  /** There are more tickets than are looked at. */
  hasMoreTickets: boolean;
}

async function pastOf(tx: Tx, projectId: string, wanted: Date, now: Date, world: ProjectWorld, trigger: Trigger): Promise<Read> {
  const { entries, isShort, from } = await entriesOf(tx, projectId, wanted);
  const since = isShort && entries[0] ? entries[0].at : wanted.getTime();
  const sprints = await rows<{ sprintId: string; ticketId: string }>(
    tx,
    'SELECT k.sprint_id AS "sprintId", k.ticket_id AS "ticketId" FROM sprint_ticket k JOIN sprint s ON s.id = k.sprint_id WHERE s.project_id = $1',
    [projectId],
  );
  const sprintTickets = new Map([...Map.groupBy(sprints, ({ sprintId }) => sprintId)].map(([id, of]) => [id, of.map(({ ticketId }) => ticketId)]));
  const concerned = rehearsedTickets(trigger, entries, sprintTickets);
  const [deletion, found, linked] = await Promise.all([
    row<{ at: Date | null }>(tx, `SELECT max(a.at) AS at FROM activity a WHERE a.scope = $1 AND a.seq >= $2 AND a.entity = 'LABEL' AND a.action = 'DELETED'`, [
      projectId,
      from,
    ]),
    concerned?.size === 0
      ? []
      : rows<
          CardRow & { authorId: string | null; createdAt: Date; updatedAt: Date; enteredAt: Date; endedAt: Date | null; run: string | null; deleted: boolean }
        >(
          tx,
          /* sql */ `SELECT ${CARD_COLUMNS}, t.created_by AS "authorId", t.created_at AS "createdAt", t.updated_at AS "updatedAt", t.ended_at AS "endedAt", latest.state AS run, t.deleted_at IS NOT NULL AS deleted
            FROM ticket t ${CARD_SOURCES} LEFT JOIN run latest ON latest.id = t.latest_run_id
            WHERE t.project_id = $1 AND ($2::uuid[] IS NULL OR t.id = ANY ($2::uuid[])) ORDER BY t.number DESC LIMIT ${REHEARSED_TICKETS_MAX + 1}`,
          [projectId, concerned && [...concerned]],
        ),
    rows<{ id: string }>(
      tx,
      `SELECT DISTINCT a.ticket_id AS id FROM activity a WHERE a.scope = $1 AND a.seq >= $2 AND a.entity = 'TICKET' AND a.changes ?| $3::text[]`,
      [projectId, from, Object.values(LINK_FIELDS)],
    ),
  ]);
  const changed = new Set(linked.map(({ id }) => id));
  const then = found.slice(0, REHEARSED_TICKETS_MAX).map((card): TicketThen => ({
    ...card,
    createdAt: card.createdAt.getTime(),
    updatedAt: card.updatedAt.getTime(),
    enteredAt: new Date(card.enteredAt).getTime(),
    endedAt: card.endedAt && card.endedAt.getTime(),
    comments: card.commentCount,
    files: card.attachmentCount,
    // What blocks a ticket ends without a word in its own log.
    blocked: card.hasBlockers || changed.has(card.id) ? undefined : false,
  }));
  return {
    isShort,
    hasMoreTickets: found.length > REHEARSED_TICKETS_MAX,
    past: {
      since,
      until: now.getTime(),
      timeZone: world.project.timeZone,
      entries,
      labelDeletedAt: deletion?.at?.getTime() ?? null,
      tickets: then,
      sprintTickets,
    },
  };
}

/** What was logged since then, in its order, read from its end page by page; `from`: the first position that was looked at. */
async function entriesOf(tx: Tx, projectId: string, wanted: Date): Promise<{ entries: PastEntry[]; isShort: boolean; from: number }> {
  const first = await row<{ seq: number }>(tx, 'SELECT a.seq::int AS seq FROM activity a WHERE a.scope = $1 AND a.at >= $2 ORDER BY a.at, a.seq LIMIT 1', [
    projectId,
    wanted,
  ]);
  if (!first) return { entries: [], isShort: false, from: Number.MAX_SAFE_INTEGER };
  const entries: PastEntry[] = [];
  let before = Number.MAX_SAFE_INTEGER;
  while (entries.length <= ENTRIES_MAX) {
    const page = await rows<Omit<PastEntry, 'at'> & { seq: number; at: Date }>(
      tx,
      /* sql */ `SELECT a.seq::int AS seq, a.entity, a.entity_id AS "entityId", a.ticket_id AS "ticketId", a.action, a.changes, a.actor_id IS NOT NULL AND a.firing_id IS NULL AS "byPerson", a.at
        FROM activity a WHERE a.scope = $1 AND a.seq >= $2 AND a.seq < $3 AND ${LOOKED_AT} ORDER BY a.seq DESC LIMIT ${ENTRIES_EACH}`,
      [projectId, first.seq, before],
    );
    for (const { seq: _, ...entry } of page) entries.push({ ...entry, at: entry.at.getTime() });
    const oldest = page.at(-1);
    if (!oldest || page.length < ENTRIES_EACH) return { entries: entries.toReversed(), isShort: false, from: first.seq };
    before = oldest.seq;
  }
  return { entries: entries.slice(0, ENTRIES_MAX).toReversed(), isShort: true, from: before };
}

async function parentsOf(tx: Tx, tickets: readonly TicketThen[]): Promise<Map<string, string>> {
  const ids = [...new Set(tickets.flatMap(({ parentId }) => parentId ?? []))];
  if (ids.length === 0) return new Map();
  const found = await rows<{ id: string; key: string }>(
    tx,
    `SELECT t.id, p.key || '-' || t.number AS key FROM ticket t JOIN project p ON p.id = t.project_id WHERE t.id = ANY ($1::uuid[])`,
    [ids],
  );
  return new Map(found.map(({ id, key }) => [id, key]));
}
