import type {
  BoardKind,
  LabelColor,
  LifecycleStage,
  Locale,
  OrgRole,
  ProjectVisibility,
  PROFESSIONS,
  Resolution,
  RetroKind,
  TeamRole,
  TicketKind,
} from '@trainyard/domain';
import { ATLAS_TICKETS } from './atlas-tickets.ts';
import { PLATFORM_PAST, PLATFORM_RELEASES, PLATFORM_SPRINTS } from './platform-past.ts';
import type { SeedRule } from './rules.ts';
import { PLATFORM_TICKETS } from './platform-tickets.ts';
import { QUALITY_TICKETS } from './quality-tickets.ts';
import { VISION_TICKETS } from './vision-tickets.ts';

/** The demonstration workspace as data: who works there, in which teams, on what. Names of people and work are invented. */
export interface SeedPerson {
  key: string;
  name: string;
  orgRole: OrgRole;
  /** The columns of a board are named in the language of whoever makes it. */
  locale?: Locale;
}
export interface SeedMembership {
  person: string;
  profession: (typeof PROFESSIONS)[number]['key'];
  teamRole: TeamRole;
  /** Percent of the person's time. */
  allocation: number;
}
export interface SeedTeam {
  name: string;
  description: string;
  members: readonly SeedMembership[];
}
export interface SeedTicket {
  /** Place of its column on the board, from the left, from 0. */
  column: number;
  /** Days ago at which it came to that column; before it, at which it came to those left of it; the first is when it was made. */
  days: readonly number[];
  type: TicketKind;
  stage?: LifecycleStage;
  title: string;
  points?: number;
  assignee?: string;
  /** Whoever makes it; left out: its assignee, else the lead of the project. */
  by?: string;
  labels?: readonly string[];
  description?: string;
  /** Who says what, in order: spread over the time in its column, of what is done over the time before. */
  comments?: readonly (readonly [person: string, body: string])[];
  files?: readonly SeedFile[];
  /** Without what was wanted; the lead of the project says so. */
  ended?: Exclude<Resolution, 'DONE'>;
  /** Days ago. */
  endedDays?: number;
  /** Somebody gave it to its assignee later, so many days ago. */
  given?: { by: string; days: number };
  /** It left its sprint, for the backlog. */
  left?: number;
  /** It was estimated anew. */
  estimated?: { days: number; points: number };
  /** Another ticket blocked it from then on, until that was done. */
  blocked?: { by: string; days: number };
  /** It was taken up once more, and done again. */
  again?: { days: number; done: number };
}
/** Times in days ago; without an end it runs. */
export interface SeedSprint {
  name: string;
  goal: string;
  start: number;
  end?: number;
  /** Said after it ended, and the title of the ticket that came of it. */
  retro?: { notes: readonly (readonly [person: string, kind: RetroKind, body: string, votes: readonly string[]])[]; ticket: string };
}
/** Days are ago; below 0 they are ahead. */
export interface SeedRelease {
  name: string;
  description: string;
  made: number;
  planned: number;
  released?: number;
}
export interface SeedFile {
  id: string;
  by: string;
  name: string;
  bytes: () => Buffer;
}
export interface SeedProject {
  key: string;
  name: string;
  description: string;
  visibility: ProjectVisibility;
  team: string;
  kind: BoardKind;
  /** Whoever makes it: a lead of its team. */
  lead: string;
  labels: readonly (readonly [name: string, color: LabelColor])[];
  tickets: readonly SeedTicket[];
  /** The first first, each two weeks long. The first column of its board is then the backlog, and its days are those of story-days.ts. */
  sprints?: readonly SeedSprint[];
  releases?: readonly SeedRelease[];
  timeZone?: string;
  calendar?: 'CHINA';
  /** In the name of its lead. */
  rules?: readonly SeedRule[];
  /** Its work is over, since so many days. */
  archivedDays?: number;
}

export const ORGANISATION = 'Trainyard demo';

export const PEOPLE: readonly SeedPerson[] = [
  { key: 'demo', name: 'Alex Morgan', orgRole: 'OWNER' },
  { key: 'priya', name: 'Priya Raman', orgRole: 'ADMIN' },
  { key: 'wangqiang', name: '王强', orgRole: 'MEMBER' },
  { key: 'sofia', name: 'Sofia Lindqvist', orgRole: 'MEMBER' },
  { key: 'chenxiaoming', name: '陈晓明', orgRole: 'MEMBER' },
  { key: 'daniel', name: 'Daniel Okafor', orgRole: 'MEMBER' },
  { key: 'lina', name: '李娜', orgRole: 'MEMBER' },
  { key: 'marco', name: 'Marco Rossi', orgRole: 'MEMBER' },
  { key: 'zhangmin', name: '张敏', orgRole: 'MEMBER' },
  { key: 'grace', name: 'Grace Kim', orgRole: 'MEMBER' },
  { key: 'liuyang', name: '刘洋', orgRole: 'MEMBER' },
  { key: 'tomas', name: 'Tomás Herrera', orgRole: 'MEMBER' },
  { key: 'helen', name: 'Helen Brooks', orgRole: 'VIEWER' },
  { key: 'zhaoting', name: '赵婷', orgRole: 'MEMBER', locale: 'ZH' },
  { key: 'zhouhang', name: '周航', orgRole: 'MEMBER', locale: 'ZH' },
  { key: 'wuyue', name: '吴悦', orgRole: 'MEMBER', locale: 'ZH' },
];

export const TEAMS: readonly SeedTeam[] = [
  {
    name: 'Vision',
    description: 'Image models, from data to deployment.',
    members: [
      { person: 'sofia', profession: 'ALGORITHM_ENGINEER', teamRole: 'LEAD', allocation: 100 },
      { person: 'chenxiaoming', profession: 'ML_ENGINEER', teamRole: 'MEMBER', allocation: 100 },
      { person: 'grace', profession: 'DATA_SCIENTIST', teamRole: 'MEMBER', allocation: 60 },
      { person: 'liuyang', profession: 'FRONT_END_ENGINEER', teamRole: 'MEMBER', allocation: 50 },
      { person: 'helen', profession: 'PRODUCT_MANAGER', teamRole: 'VIEWER', allocation: 20 },
    ],
  },
  {
    name: 'Language models',
    description: 'Pretraining and alignment of large language models.',
    members: [
      { person: 'wangqiang', profession: 'ALGORITHM_ENGINEER', teamRole: 'LEAD', allocation: 100 },
      { person: 'lina', profession: 'DATA_SCIENTIST', teamRole: 'MEMBER', allocation: 80 },
      { person: 'daniel', profession: 'ML_ENGINEER', teamRole: 'MEMBER', allocation: 70 },
      { person: 'grace', profession: 'DATA_SCIENTIST', teamRole: 'MEMBER', allocation: 40 },
    ],
  },
  {
    name: 'Training platform',
    description: 'The data centre: schedulers, storage, networks, energy.',
    members: [
      { person: 'marco', profession: 'OPERATIONS_ENGINEER', teamRole: 'LEAD', allocation: 100 },
      { person: 'zhangmin', profession: 'BACK_END_ENGINEER', teamRole: 'MEMBER', allocation: 100 },
      { person: 'daniel', profession: 'ML_ENGINEER', teamRole: 'MEMBER', allocation: 40 },
      { person: 'liuyang', profession: 'FRONT_END_ENGINEER', teamRole: 'MEMBER', allocation: 50 },
      { person: 'tomas', profession: 'TEST_ENGINEER', teamRole: 'MEMBER', allocation: 50 },
    ],
  },
  {
    name: '质检算法组',
    description: '用视觉模型做产线质检，从采集到上线。',
    members: [
      { person: 'zhaoting', profession: 'ALGORITHM_ENGINEER', teamRole: 'LEAD', allocation: 100 },
      { person: 'zhouhang', profession: 'ML_ENGINEER', teamRole: 'MEMBER', allocation: 100 },
      { person: 'wuyue', profession: 'DATA_SCIENTIST', teamRole: 'MEMBER', allocation: 80 },
      { person: 'chenxiaoming', profession: 'ML_ENGINEER', teamRole: 'MEMBER', allocation: 20 },
      { person: 'demo', profession: 'PRODUCT_MANAGER', teamRole: 'VIEWER', allocation: 20 },
    ],
  },
  {
    name: 'Programme office',
    description: 'Plans, risks and people across the teams.',
    members: [
      { person: 'priya', profession: 'PROJECT_MANAGER', teamRole: 'LEAD', allocation: 100 },
      { person: 'demo', profession: 'PRODUCT_MANAGER', teamRole: 'LEAD', allocation: 60 },
      { person: 'lina', profession: 'PROJECT_MANAGER', teamRole: 'MEMBER', allocation: 20 },
      { person: 'tomas', profession: 'TEST_ENGINEER', teamRole: 'MEMBER', allocation: 50 },
    ],
  },
];

export const PROJECTS: readonly SeedProject[] = [
  {
    key: 'VIS',
    name: 'Vision models',
    description: 'Classifiers and detectors for inspection cameras. Begins with handwritten digits, the smallest problem that shows the whole path.',
    visibility: 'OPEN',
    team: 'Vision',
    kind: 'KANBAN',
    lead: 'sofia',
    labels: [
      ['dataset', 'TEAL'],
      ['baseline', 'BLUE'],
      ['gpu', 'GREEN'],
      ['regression', 'RED'],
      ['paper', 'PURPLE'],
      ['example', 'GRAY'],
    ],
    tickets: VISION_TICKETS,
  },
  {
    key: 'OPS',
    name: 'Training platform',
    description: 'Keeps the machines busy and the runs safe.',
    visibility: 'OPEN',
    team: 'Training platform',
    kind: 'SCRUM',
    lead: 'marco',
    labels: [
      ['scheduler', 'BLUE'],
      ['storage', 'TEAL'],
      ['network', 'ORANGE'],
      ['energy', 'GREEN'],
      ['incident', 'RED'],
    ],
    tickets: [...PLATFORM_PAST, ...PLATFORM_TICKETS],
    rules: [
      {
        name: 'A run that failed brings its ticket back',
        enabled: true,
        trigger: { on: 'RUN_ENDED', runStates: ['FAILED'] },
        condition: '-state:done',
        actions: [
          { does: 'MOVE', column: 1 },
          { does: 'COMMENT', text: 'The run failed: its log says at which step.' },
        ],
      },
      {
        name: 'Ask for an estimate of what begins',
        enabled: false,
        trigger: { on: 'MOVED', state: 'IN_PROGRESS' },
        condition: 'points:none',
        actions: [{ does: 'NOTIFY', who: 'ASSIGNEE', text: 'Please estimate it.' }],
      },
    ],
    sprints: PLATFORM_SPRINTS,
    releases: PLATFORM_RELEASES,
  },
  {
    key: 'ATL',
    name: 'Atlas 70B',
    description: 'The next language model. Private: only its team and administrators know of it.',
    visibility: 'PRIVATE',
    team: 'Language models',
    kind: 'SCRUM',
    lead: 'wangqiang',
    labels: [
      ['tokeniser', 'TEAL'],
      ['pretraining', 'BLUE'],
      ['alignment', 'PURPLE'],
      ['evaluation', 'YELLOW'],
      ['safety', 'RED'],
    ],
    tickets: ATLAS_TICKETS,
  },
  {
    key: 'ZJ',
    name: '产线视觉质检',
    description: '用相机检查电池极片的划痕、漏涂和异物，并读取老设备的仪表。先在合成数据上跑通流程，再上产线。',
    visibility: 'OPEN',
    team: '质检算法组',
    kind: 'KANBAN',
    lead: 'zhaoting',
    labels: [
      ['数据', 'TEAL'],
      ['基线', 'BLUE'],
      ['产线', 'ORANGE'],
      ['误检', 'RED'],
      ['示例', 'GRAY'],
    ],
    tickets: QUALITY_TICKETS,
    timeZone: 'Asia/Shanghai',
    calendar: 'CHINA',
  },
  {
    key: 'OCR',
    name: 'Receipt reader',
    description: 'Read amounts from photographed receipts. Ended when a bought service did it better; kept for what was learned.',
    visibility: 'OPEN',
    team: 'Vision',
    kind: 'KANBAN',
    lead: 'sofia',
    labels: [['paper', 'PURPLE']],
    tickets: [
      { column: 0, type: 'STORY', title: 'Read handwritten totals', days: [80], points: 8 },
      {
        column: 4,
        type: 'EXPERIMENT',
        stage: 'EVALUATION',
        title: 'Compare with two bought services',
        days: [85, 60, 50],
        points: 3,
        comments: [['sofia', 'Both are more exact than ours, and cheaper than our labelling.']],
      },
      { column: 4, type: 'TASK', stage: 'DATA', title: 'Collect a thousand receipts', days: [90, 82, 75], points: 5, labels: ['paper'] },
    ],
    archivedDays: 45,
  },
];

/** Who is away, or was, in days from now. */
export const TIME_OFF: readonly { person: string; from: number; to: number }[] = [
  { person: 'liuyang', from: -43, to: -39 },
  { person: 'daniel', from: -26, to: -23 },
  { person: 'tomas', from: 2, to: 6 },
  { person: 'liuyang', from: 9, to: 11 },
  { person: 'lina', from: -1, to: 1 },
];

/** Made data only, and named so; the first is what the demonstration run trains on. Names are those of the example runs, too. */
export const DATASETS = [
  { name: 'Stroke digits (synthetic)', synthetic: 'STROKE_DIGITS', samples: 6000, seed: 7 },
  { name: 'Which number is larger (synthetic)', synthetic: 'COMPARISON', samples: 100, seed: 1 },
] as const;

/** The ticket the demonstration run is queued from. */
export const FIRST_RUN = { project: 'VIS', ticket: 'Baseline: two-layer network on stroke digits', dataset: DATASETS[0].name, by: 'chenxiaoming' } as const;
