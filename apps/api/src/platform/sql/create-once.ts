import type { Actor } from '@trainyard/domain';
import { createHash, randomUUID } from 'node:crypto';
import { DomainError } from '../domain-error.ts';
import { isId } from '../input.ts';
import { SecretLost, type Secrets } from '../secrets/secrets.ts';
import { closing, row, type Tx } from './database.ts';

/** Where the things lie that a client may make under an id of its own. */
export const CREATED = {
  ACCESS_TOKEN: 'access_token',
  ATTACHMENT: 'attachment',
  BOARD: 'board',
  CALENDAR: 'calendar',
  COLUMN: 'board_column',
  COMMENT: 'comment',
  DATASET: 'dataset',
  LABEL: 'label',
  MEMBERSHIP: 'membership',
  PROJECT: 'project',
  RELEASE: 'release',
  ROLE: 'role',
  RULE: 'rule',
  RUN: 'run',
  RUN_GROUP: 'run_group',
  RUNNER_CREDENTIAL: 'runner_credential',
  SPRINT: 'sprint',
  TEAM: 'team',
  TICKET: 'ticket',
  TIME_OFF: 'time_off',
  USER: 'app_user',
  VIEW: 'saved_view',
  WEBHOOK: 'webhook',
  RETRO_NOTE: 'retro_note',
} as const;
export type CreatedKind = keyof typeof CREATED;

/** Whose answer was lost may ask again so long, and is told the secret once more. */
const TOLD_AGAIN = '10 minutes';
const KEPT = '30 days';

const LOCK = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';
const LOOK = /* sql */ `
  SELECT c.kind, c.actor_id AS "actorId", c.digest, c.secret, c.at > now() - interval '${TOLD_AGAIN}' AS fresh,
    ${[...Object.values(CREATED), 'organisation'].map((table) => `EXISTS (SELECT FROM ${table} WHERE id = $1)`).join(' OR ')} AS taken
  FROM (SELECT $1::uuid AS id) asked LEFT JOIN creation c ON c.id = asked.id`;

/** What is known of an id: who made what under it, where somebody did; and whether anything has it. */
interface Place {
  kind: string | null;
  actorId: string | null;
  digest: Buffer | null;
  secret: Buffer | null;
  fresh: boolean | null;
  taken: boolean;
}

/** The id a thing is made under; or the thing as it is now, where this person made it before from the same content. */
export type Found<Thing> = { id: string; before: null } | { id: string; before: Thing };

const secretOwner = (id: string): string => `creation/${id}`;

/**
 * One thing that a client means to make. Begin it with the first statements of its transaction, check rights, and only then look whether it
 * was made before.
 */
export class Creation {
  private id: string | null = null;
  private first: Promise<Place> | null = null;

  /** @param sent the id the client sent; without one nothing is asked of the database, and each thing is a new one */
  constructor(
    private readonly tx: Tx,
    private readonly actor: Pick<Actor, 'userId'>,
    private readonly kind: CreatedKind,
    sent: string | null | undefined,
  ) {
    if (sent == null) return;
    if (!isId(sent)) throw new DomainError('BAD_INPUT', { field: 'id', reason: 'NOT_AN_ID' });
    this.id = sent.toLowerCase();
    // Held until the transaction ends: of two that come at once the second finds what the first one made.
    const held = tx.query(LOCK, [this.id]);
    const found = this.look(this.id);
    this.first = Promise.all([held, found]).then(([, place]) => place);
    // Whoever is refused meanwhile never asks for it.
    this.first.catch(() => undefined);
  }

  /**
   * @param content what is asked for, as it was checked: the same is the same thing
   * @param load the thing as it is now, null where there is none that the actor may see
   */
  async find<Thing>(content: object, load: (id: string) => Promise<Thing | null>): Promise<Found<Thing>> {
    const { id, before } = await this.search(content, load);
    if (!before) this.keep(id, content, null);
    return before ? { id, before: before.thing } : { id, before: null };
  }

  /** The same for a thing with a secret: the new one, or the one that the first answer told. */
  async findSecret<Thing>(
    secrets: Secrets,
    secret: string,
    content: object,
    load: (id: string) => Promise<Thing | null>,
  ): Promise<Found<Thing> & { secret: string }> {
    const { id, before } = await this.search(content, load);
    if (!before) {
      this.keep(id, content, this.id !== null && secrets.hasKey() ? secrets.seal(secretOwner(id), secret) : null);
      return { id, before: null, secret };
    }
    const { secret: sealed, fresh } = before.place;
    if (!sealed || !fresh) throw new DomainError('ID_TAKEN', { id });
    try {
      return { id, before: before.thing, secret: secrets.open(secretOwner(id), sealed) };
    } catch (error) {
      if (error instanceof SecretLost) throw new DomainError('SECRET_LOST');
      throw error;
    }
  }

  private async search<Thing>(
    content: object,
    load: (id: string) => Promise<Thing | null>,
  ): Promise<{ id: string; before: { thing: Thing; place: Place } | null }> {
    if (this.id === null || this.first === null) return { id: randomUUID(), before: null };
    let id = this.id;
    for (let place = await this.first; ; place = await this.look(id)) {
      const isOwn = place.kind === this.kind && place.actorId === this.actor.userId;
      const thing = isOwn ? await load(id) : null;
      if (thing !== null) {
        if (!place.digest?.equals(digestOf(content))) throw new DomainError('ID_TAKEN', { id });
        return { id, before: { thing, place } };
      }
      if (place.kind === null && !place.taken) return { id, before: null };
      // Whatever has it, the answer is that of a free one, and a repeat comes by here again.
      id = derived(this.actor.userId, id);
    }
  }

  private look(id: string): Promise<Place> {
    return row<Place>(this.tx, LOOK, [id]).then((place) => place!);
  }

  private keep(id: string, content: object, secret: Buffer | null): void {
    if (this.id === null) return;
    closing(this.tx, 'INSERT INTO creation (id, kind, actor_id, digest, secret) VALUES ($1, $2, $3, $4, $5)', [
      id,
      this.kind,
      this.actor.userId,
      digestOf(content),
      secret,
    ]);
  }
}

/** SHA-256 of the content, whatever the order of its fields; a field without a value is one that is not there. */
function digestOf(content: object): Buffer {
  const sorted = (_: string, value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, one]) => one != null)
            .toSorted(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value;
  return createHash('sha256').update(JSON.stringify(content, sorted)).digest();
}

/** The id that comes after `id` for this person, as a UUID of version 8. */
function derived(userId: string, id: string): string {
  const hex = createHash('sha256').update(`${userId}/${id}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Forgets secrets that are told no more, and what nobody repeats any more. */
export async function tidyCreations(tx: Tx): Promise<void> {
  await tx.query(`UPDATE creation SET secret = NULL WHERE secret IS NOT NULL AND at < now() - interval '${TOLD_AGAIN}'`);
  await tx.query(`DELETE FROM creation WHERE at < now() - interval '${KEPT}'`);
}
