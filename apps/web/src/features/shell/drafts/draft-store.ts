/** What was typed: the text of a field, or the fields of a form. */
export type Words = string | { readonly [field: string]: string | number | boolean | null };

export interface Draft {
  words: Words;
  /** When it was last written, in milliseconds, by this browser's clock. */
  at: number;
  /** What stood on the server when the person began, where they change something. */
  base?: DraftBase;
}

export interface DraftBase {
  /** Of the thing that is changed; 0 where a form sends the newest. */
  version: number;
  words: Words;
}

/** Where drafts are kept: localStorage, which outlives the browser. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'trainyard.draft.';
const WRITE_AFTER_MS = 300;
const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;
/** The oldest go when there are more, or when they hold more characters: a browser keeps about five million for a site. */
const DRAFTS_MAX = 200;
const CHARACTERS_MAX = 1_500_000;

/**
 * The words of one person that are not sent yet. They live here and not in the component that takes them, which a click, a
 * reload or somebody else can remove. Each field has a key of its own, such as `ticket:NLP-1:comment`, and an item of its own in
 * the storage, so that two tabs do not write over each other; a tab follows what the others write.
 */
export class DraftStore {
  private userId: string | null = null;
  private readonly drafts = new Map<string, Draft>();
  private readonly listeners = new Set<() => void>();
  private readonly followers = new Set<(key: string) => void>();
  private readonly unwritten = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Keys whose words the storage has refused: they end with the page, and the browser is told to ask first. */
  private readonly refused = new Set<string>();

  constructor(
    private readonly storage: DraftStorage,
    private readonly now: () => number = Date.now,
  ) {}

  /** From now on the drafts are this person's. Those of anybody else who used this browser are deleted: nobody may read them. */
  open(userId: string): void {
    if (this.userId === userId) return;
    this.flush();
    this.forgetLoaded();
    this.userId = userId;
    const mine = this.prefix();
    const oldest = this.now() - KEPT_DAYS * DAY_MS;
    for (const item of this.items()) {
      const draft = item.startsWith(mine) ? parse(this.storage.getItem(item)) : null;
      if (draft && draft.at >= oldest) this.drafts.set(item.slice(mine.length), draft);
      else this.storage.removeItem(item);
    }
    this.tell();
  }

  get(key: string): Draft | null {
    return this.drafts.get(key) ?? null;
  }

  /** The keys that begin so, the one written last first. */
  keys(begin = ''): string[] {
    return [...this.drafts]
      .filter(([key]) => key.startsWith(begin))
      .sort(([, a], [, b]) => b.at - a.at)
      .map(([key]) => key);
  }

  write(key: string, words: Words, base?: DraftBase): void {
    if (this.userId === null) return;
    this.drafts.set(key, { words, at: this.now(), ...(base && { base }) });
    this.later(key);
  }

  /** Puts back a draft as it was; what has been written since is not lost by it. */
  restore(key: string, draft: Draft): void {
    if (this.userId === null) return;
    const since = this.drafts.get(key);
    this.drafts.set(key, since ? { ...draft, words: joined(draft.words, since.words) } : draft);
    this.later(key);
  }

  /** The words have been sent, or are no longer wanted. With `words`: unless others have been written meanwhile. */
  end(key: string, words?: Words): void {
    const draft = this.drafts.get(key);
    if (!draft || (words !== undefined && !sameWords(draft.words, words))) return;
    this.drafts.delete(key);
    this.later(key);
    this.flush();
  }

  /** The person signs out: nothing of theirs stays in this browser. */
  forget(): void {
    if (this.userId === null) return;
    const mine = this.prefix();
    this.forgetLoaded();
    for (const item of this.items()) if (item.startsWith(mine)) this.storage.removeItem(item);
    this.userId = null;
    this.tell();
  }

  /** Writes at once what waits to be written. Call it when the page may end. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const key of this.unwritten) this.put(key);
    this.unwritten.clear();
  }

  /** Another tab has written the item `name` of the storage; null: it has cleared all. */
  follow(name: string | null, value: string | null): void {
    if (this.userId === null) return;
    if (name === null) {
      this.drafts.clear();
      return this.tell();
    }
    const mine = this.prefix();
    if (!name.startsWith(mine)) return;
    const key = name.slice(mine.length);
    // what is being typed here is newer
    if (this.unwritten.has(key)) return;
    const draft = parse(value);
    if (draft) this.drafts.set(key, draft);
    else this.drafts.delete(key);
    this.tell();
    for (const follower of this.followers) follower(key);
  }

  /** Reads what other tabs have written while no event could reach this one: its page was frozen, or kept aside for Back. */
  catchUp(): void {
    if (this.userId === null) return;
    this.flush();
    const mine = this.prefix();
    for (const key of this.drafts.keys()) if (!this.refused.has(key) && this.storage.getItem(mine + key) === null) this.follow(mine + key, null);
    for (const item of this.items()) {
      if (!item.startsWith(mine)) continue;
      const value = this.storage.getItem(item);
      if (parse(value)?.at !== this.drafts.get(item.slice(mine.length))?.at) this.follow(item, value);
    }
  }

  /** Whether words would end with the page. */
  wouldLose(): boolean {
    this.flush();
    return this.refused.size > 0;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Tells of each draft that another tab has written or ended. Returns what stops that. */
  onFollowed(follower: (key: string) => void): () => void {
    this.followers.add(follower);
    return () => void this.followers.delete(follower);
  }

  private later(key: string): void {
    this.unwritten.add(key);
    this.timer ??= setTimeout(() => this.flush(), WRITE_AFTER_MS);
    this.tell();
  }

  private put(key: string): void {
    const item = this.prefix() + key;
    const draft = this.drafts.get(key);
    if (!draft) {
      this.storage.removeItem(item);
      this.refused.delete(key);
      return;
    }
    const text = JSON.stringify(draft);
    this.makeRoom(key, text.length);
    try {
      this.storage.setItem(item, text);
      this.refused.delete(key);
    } catch {
      this.refused.add(key);
    }
  }

  private makeRoom(key: string, size: number): void {
    const mine = this.prefix();
    const others = this.keys().filter((other) => other !== key);
    const sizes = others.map((other) => this.storage.getItem(mine + other)?.length ?? 0);
    let total = sizes.reduce((sum, one) => sum + one, size);
    while (others.length > 0 && (others.length >= DRAFTS_MAX || total > CHARACTERS_MAX)) {
      const oldest = others.pop() ?? '';
      total -= sizes.pop() ?? 0;
      this.drafts.delete(oldest);
      this.unwritten.delete(oldest);
      this.refused.delete(oldest);
      this.storage.removeItem(mine + oldest);
    }
  }

  private prefix(): string {
    return `${PREFIX}${this.userId}.`;
  }

  private items(): string[] {
    return Array.from({ length: this.storage.length }, (_, i) => this.storage.key(i) ?? '').filter((item) => item.startsWith(PREFIX));
  }

  private forgetLoaded(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.drafts.clear();
    this.unwritten.clear();
    this.refused.clear();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

export function sameWords(a: Words, b: Words): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...fields].every((field) => a[field] === b[field]);
}

function joined(before: Words, after: Words): Words {
  if (typeof before === 'string' && typeof after === 'string') return after === before ? before : `${before}\n\n${after}`;
  return typeof before === 'object' && typeof after === 'object' ? { ...before, ...after } : after;
}

/** What an item holds; null where it is no draft (of an older version, or not ours). */
function parse(text: string | null): Draft | null {
  if (text === null) return null;
  try {
    const draft = JSON.parse(text) as Partial<Draft> | null;
    const { words, at } = draft ?? {};
    const whole = typeof at === 'number' && (typeof words === 'string' || (typeof words === 'object' && words !== null));
    return whole ? (draft as Draft) : null;
  } catch {
    return null;
  }
}

/** The text of a field's draft. */
export const textOf = ({ words }: { words: Words }): string => (typeof words === 'string' ? words : '');
