/**
 * The rooms of each project, bottom up: a room imports from lower floors alone, and two rooms of one floor not from each other.
 * What is no room (the files at the top of src/) joins them, and may import all; BASE names those that all may import.
 */
export const FLOORS = {
  'libs/domain/src': [
    ['time'],
    ['activity', 'audit', 'query', 'palette'],
    ['access', 'notify'],
    ['subject'],
    ['staffing', 'project', 'ticket', 'dataset'],
    ['board', 'training', 'delivery'],
    // What a ticket was, when: a sprint's reports read it.
    ['flow'],
    ['sprint'],
    ['view', 'home', 'automation'],
  ],
  'apps/api/src': [
    ['migrations'],
    ['platform'],
    ['audit'],
    ['access'],
    // What happens in other rooms `webhook` and `notify` read in the log: they import none of them.
    ['staffing', 'view', 'webhook', 'notify'],
    ['activity'],
    ['subject'],
    ['project'],
    ['ticket', 'dataset'],
    ['board', 'training'],
    ['runner', 'sprint', 'delivery'],
    ['flow'],
    ['automation'],
    ['seed', 'backup', 'home', 'palette'],
  ],
  'apps/web/src/features': [
    ['shell'],
    ['access'],
    ['frame', 'lists'],
    ['staffing', 'activity', 'subject'],
    ['project'],
    ['dataset', 'webhook', 'notify'],
    ['training'],
    ['ticket', 'runner'],
    ['board', 'sprint', 'automation'],
    // over sprint, whose page it fills
    ['flow'],
    ['home'],
  ],
  'apps/ml-runner/src': [['job', 'machine', 'monitor', 'random'], ['link', 'executors', 'networks'], ['datasets', 'engines', 'outbox'], ['trainers']],
};

/** Files at the top of a src/ that the rooms stand on. */
const BASE = {
  'libs/domain/src': '(?:errors|language|message-of|page|result|steps|text|without-trace)\\.ts$',
  'apps/api/src': 'config\\.ts$',
};

const within = (root, rooms) => `^${root}/(?:${rooms.join('|')})/`;

const floors = Object.entries(FLOORS).flatMap(([root, table]) =>
  table.flatMap((floor, level) =>
    floor.map((room) => ({
      name: `${root} ${room}`,
      severity: 'error',
      comment: 'A room imports from lower floors alone.',
      from: { path: within(root, [room]), pathNot: '\\.spec\\.tsx?$' },
      to: { path: `^${root}/`, pathNot: [within(root, [room, ...table.slice(0, level).flat()]), ...(root in BASE ? [`^${root}/${BASE[root]}`] : [])] },
    })),
  ),
);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...floors,
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'What is loaded in a ring is loaded in an order that nobody chose. A ring of types alone is none.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'typeorm',
      severity: 'error',
      comment: 'It keeps the pool and runs the migrations: all else speaks SQL through `Tx`.',
      from: { path: '^apps/api/src/', pathNot: ['^apps/api/src/(migrations|platform/sql)/', '\\.spec\\.ts$'] },
      to: { path: 'node_modules/typeorm/' },
    },
    {
      name: 'no-orphan',
      severity: 'error',
      comment: 'Nothing imports it, and it imports nothing: it is used by nobody.',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '\\.(spec|fixture)\\.tsx?$'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['/dist/', '\\.(json|css)$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js'], conditionNames: ['import', 'types', 'node', 'default'], exportsFields: ['exports'] },
  },
};
