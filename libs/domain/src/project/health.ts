/** How a project does. UNKNOWN: nothing has happened yet that could be judged. */
export const HEALTH_LEVELS = ['GREEN', 'AMBER', 'RED', 'UNKNOWN'] as const;
export type HealthLevel = (typeof HEALTH_LEVELS)[number];

/** A card in progress that lies longer in one column is old. */
export const OLD_CARD_DAYS = 7;
/** A failure is looked back at for so long. */
export const FAILED_RUN_DAYS = 7;
/** A run that waits longer for a runner is stuck. */
export const STUCK_RUN_HOURS = 2;
/** From here on the whole project is red. */
export const RED_FAILED_RUNS = 3;
export const RED_STUCK_RUNS = 3;
/** Of cards, so many and such a share of those in progress: in a large project a few are always late. */
export const RED_CARDS = 3;
export const RED_CARD_SHARE = 0.25;

export const HEALTH_CODES = ['FAILED_RUNS', 'STUCK_RUNS', 'OVER_LIMIT', 'OLD_CARDS', 'UNASSIGNED'] as const;
export type HealthCode = (typeof HEALTH_CODES)[number];

/** What is counted of the tickets of a project. Each number is what this query finds in the list. */
export const TICKET_COUNTS = {
  OPEN: 'state:open',
  IN_PROGRESS: 'state:in_progress',
  DONE: 'state:done',
  OVER_LIMIT: 'is:over_limit',
  OLD_CARDS: `state:in_progress entered:<-${OLD_CARD_DAYS}d`,
  UNASSIGNED: 'state:in_progress assignee:none',
} as const;
/** The same of its runs. */
export const RUN_COUNTS = {
  RUNS: '',
  FAILED_RUNS: `is:unrepaired ended:-${FAILED_RUN_DAYS}d`,
  STUCK_RUNS: `state:queued queued:<-${STUCK_RUN_HOURS}h`,
} as const;

export type TicketCounts = Readonly<Record<keyof typeof TICKET_COUNTS, number>>;
export type RunCounts = Readonly<Record<keyof typeof RUN_COUNTS, number>>;
/** Everything that health is told from. */
export type HealthFacts = TicketCounts & RunCounts;

/** The lists that a reason can lead to. */
export const HEALTH_LISTS = ['TICKETS', 'RUNS'] as const;
export type HealthList = (typeof HEALTH_LISTS)[number];

export interface HealthReason {
  code: HealthCode;
  level: 'AMBER' | 'RED';
  /** How many things it is about: as many as the query finds in the list. */
  count: number;
  /** Of how many, where that says more. */
  of: number | null;
  /** Days or hours after which it counts; null: at once. */
  threshold: number | null;
  list: HealthList;
  query: string;
}

interface Rule {
  threshold: number | null;
  /** Whether so many make the project red. */
  isRed: (count: number, facts: HealthFacts) => boolean;
  /** What they are a part of. */
  of?: keyof HealthFacts;
}

const manyCards = (count: number, { IN_PROGRESS }: HealthFacts): boolean => count >= RED_CARDS && count >= IN_PROGRESS * RED_CARD_SHARE;

/** One of a thing is amber. */
const RULES: Readonly<Record<HealthCode, Rule>> = {
  FAILED_RUNS: { threshold: FAILED_RUN_DAYS, isRed: (count) => count >= RED_FAILED_RUNS },
  STUCK_RUNS: { threshold: STUCK_RUN_HOURS, isRed: (count) => count >= RED_STUCK_RUNS },
  // A limit that is passed is a warning to the team: what comes of it is seen by the age of cards.
  OVER_LIMIT: { threshold: null, isRed: () => false },
  OLD_CARDS: { threshold: OLD_CARD_DAYS, isRed: manyCards, of: 'IN_PROGRESS' },
  UNASSIGNED: { threshold: null, isRed: manyCards, of: 'IN_PROGRESS' },
};

const QUERIES = { ...TICKET_COUNTS, ...RUN_COUNTS };

export interface Health {
  level: HealthLevel;
  /** Red ones first, then in the order of HEALTH_CODES. */
  reasons: readonly HealthReason[];
}

/** RED with a red reason, else AMBER with an amber one, else GREEN; UNKNOWN where no card was begun and no run queued. */
export function projectHealth(facts: HealthFacts): Health {
  const reasons = HEALTH_CODES.flatMap((code): HealthReason[] => {
    const count = facts[code];
    if (count === 0) return [];
    const { threshold, isRed, of } = RULES[code];
    return [
      {
        code,
        level: isRed(count, facts) ? 'RED' : 'AMBER',
        count,
        of: of ? facts[of] : null,
        threshold,
        list: code in RUN_COUNTS ? 'RUNS' : 'TICKETS',
        query: QUERIES[code],
      },
    ];
  });
  const red = reasons.filter(({ level }) => level === 'RED');
  if (red.length > 0) return { level: 'RED', reasons: [...red, ...reasons.filter(({ level }) => level === 'AMBER')] };
  if (reasons.length > 0) return { level: 'AMBER', reasons };
  return { level: facts.IN_PROGRESS + facts.DONE + facts.RUNS === 0 ? 'UNKNOWN' : 'GREEN', reasons };
}
