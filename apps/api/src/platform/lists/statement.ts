import { can, type Actor, type AskedAt } from '@trainyard/domain';
import { READABLE_PROJECT, readableBy } from '../authorize.ts';

type Cast = 'text' | 'text[]' | 'uuid' | 'uuid[]' | 'int' | 'int[]' | 'float8' | 'timestamptz' | 'date' | 'boolean' | 'text COLLATE "C"';

/** One statement that is being written for somebody: what comes from a request gets into it as a parameter alone. */
export class Statement {
  readonly parameters: unknown[] = [];
  private readonly known = new Map<string, string>();
  private readonly joined = new Set<string>();

  constructor(
    readonly actor: Actor,
    readonly asked: AskedAt,
    /** The project that the list is limited to; null: all that may be read. */
    readonly projectId: string | null,
  ) {}

  /** A place for a value. */
  param(value: unknown, cast: Cast): string {
    this.parameters.push(value);
    return `$${this.parameters.length}::${cast}`;
  }

  /** The same place for the same thing, however often it is needed. */
  private once(name: string, make: () => string): string {
    const found = this.known.get(name) ?? make();
    this.known.set(name, found);
    return found;
  }

  /** The rule of `project.read` over `project p`. */
  get readable(): string {
    return this.once('readable', () => {
      const first = this.parameters.push(...readableBy(this.actor)) - 1;
      return READABLE_PROJECT(first);
    });
  }

  get me(): string {
    return this.once('me', () => this.param(this.actor.userId, 'uuid'));
  }

  /** Whether the addresses of everybody may be known: one's own is no way to find others by theirs. */
  get mayReadAddresses(): boolean {
    return can(this.actor, 'address.read', { ownerId: null });
  }

  /** Adds a table that the rows are joined with, once. */
  join(sql: string): void {
    this.joined.add(sql);
  }

  get joins(): string {
    return [...this.joined].join(' ');
  }
}
