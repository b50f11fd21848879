import { dayAt, shiftedDay } from '@trainyard/domain';
import type { INestApplicationContext } from '@nestjs/common';
import { Readable } from 'node:stream';
import { CardService } from '../board/card.service.ts';
import { MoveService } from '../board/move.service.ts';
import { ChangeTicketsService } from '../board/change-tickets.service.ts';
import { AttachmentService } from '../subject/attachment.service.ts';
import { CommentService } from '../subject/comment.service.ts';
import { TicketLinksService } from '../ticket/ticket-links.service.ts';
import { TicketService } from '../ticket/ticket.service.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import { TICKET_SUBJECT } from '../ticket/ticket.writes.ts';
import type { SeedPeople } from './people.ts';
import { PLANS } from './plans.ts';
import type { SprintStory } from './sprint-story.ts';
import type { Event } from './story.ts';

export interface Column {
  id: string;
  boardId: string;
  version: number;
}
/** Of a board with sprints: what is put there is planned. */
const FIRST_PLACE = 1;

interface Told {
  now: Date;
  projectId: string;
  lead: string;
  columns: readonly Column[];
  labels: ReadonlyMap<string, string>;
  sprints: SprintStory | null;
  people: SeedPeople;
  /** Counted while it is told. */
  counts: { tickets: number; comments: number; files: number };
}

/** What happened to the tickets of a project, each thing by whoever did it. */
export class TicketStory {
  readonly made: Map<string, TicketType> = new Map();

  constructor(
    private readonly app: INestApplicationContext,
    private readonly told: Told,
  ) {}

  async act({ ticket, act }: Event): Promise<void> {
    const { projectId, lead, columns, labels, sprints, people, counts } = this.told;
    const worker = await people.actor(ticket.assignee ?? lead);
    if (act.kind === 'CREATE') {
      const plan = PLANS[ticket.title] ?? {};
      const dayIn = (days: number | undefined): string | null => (days === undefined ? null : shiftedDay(dayAt(this.told.now, 'UTC'), days));
      const created = await this.app.get(CardService).createTicket(await people.actor(ticket.by ?? ticket.assignee ?? lead), {
        ...(sprints && act.column === 0 ? { projectId } : { columnId: columnAt(columns, act.column) }),
        title: ticket.title,
        type: ticket.type,
        stage: ticket.stage ?? null,
        description: ticket.description ?? '',
        points: ticket.points ?? null,
        priority: plan.priority ?? null,
        deviceHours: plan.hours ?? null,
        startDate: dayIn(plan.start),
        dueDate: dayIn(plan.due),
        parentId: plan.parent === undefined ? null : (this.made.get(plan.parent)?.id ?? null),
        assigneeId: ticket.assignee && !ticket.given ? await people.idOf(ticket.assignee) : null,
        labelIds: (ticket.labels ?? []).flatMap((name) => labels.get(name) ?? []),
      });
      this.made.set(ticket.title, created);
      counts.tickets += 1;
      return;
    }
    const { id, version } = this.made.get(ticket.title) ?? {};
    if (!id || !version) throw new Error(`${ticket.title} is not there yet`);
    switch (act.kind) {
      case 'MOVE':
        if (sprints && act.column === FIRST_PLACE && (await sprints.plan(worker, id))) return;
        await this.app.get(MoveService).moveTicket(worker, id, columnAt(columns, act.column), { afterId: null }, null);
        return;
      case 'GIVE':
        await this.app.get(TicketService).updateTicket(await people.actor(act.by), id, version, { assigneeId: await people.idOf(ticket.assignee!) });
        return;
      case 'ESTIMATE':
        await this.app.get(TicketService).updateTicket(worker, id, version, { points: act.points });
        return;
      case 'LEAVE':
        await sprints?.leave(id);
        return;
      case 'BLOCK': {
        const other = this.made.get(act.by);
        // one that was there before is left as it is
        if (other) await this.app.get(TicketLinksService).link(worker, id, 'BLOCKED_BY', other.id);
        return;
      }
      case 'COMMENT':
        await this.app.get(CommentService).addComment(await people.actor(act.by), { kind: TICKET_SUBJECT, id }, act.body);
        counts.comments += 1;
        return;
      case 'ATTACH':
        for (const file of ticket.files ?? []) {
          const author = await people.actor(file.by);
          const sent = { id: file.id, name: file.name, bytes: Readable.from([file.bytes()]), senderNow: async () => author };
          await this.app.get(AttachmentService).addAttachment(author, { kind: TICKET_SUBJECT, id }, sent);
          counts.files += 1;
        }
        return;
      case 'END':
        await this.app.get(ChangeTicketsService).setTicketState(await people.actor(lead), id, 'DONE', ticket.ended!);
    }
  }
}

function columnAt(columns: readonly Column[], place: number): string {
  const column = columns[place];
  if (!column) throw new Error(`there is no column ${place}`);
  return column.id;
}
