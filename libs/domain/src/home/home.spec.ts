import { blocksOf, guessedRole, HOME_BLOCKS, HOME_ROLES, type Placement } from './home.ts';

const NOBODY: Placement = { orgRole: 'MEMBER', teamRoles: [], professions: [] };
const NOTHING_KEPT = { folded: [], unfolded: [], order: [] };

describe('whose page home is', () => {
  it.each<[what: string, who: Partial<Placement>, role: string]>([
    ['somebody new', {}, 'ENGINEER'],
    ['somebody who only looks on', { orgRole: 'VIEWER' }, 'ENGINEER'],
    ['who runs the organisation', { orgRole: 'OWNER' }, 'DIRECTOR'],
    ['an administrator', { orgRole: 'ADMIN', teamRoles: ['LEAD'] }, 'DIRECTOR'],
    ['an administrator who trains models', { orgRole: 'ADMIN', professions: ['ML_ENGINEER'] }, 'ENGINEER'],
    ['a founder who manages a product', { orgRole: 'OWNER', professions: ['PRODUCT_MANAGER'] }, 'PROJECT_MANAGER'],
    ['who leads a team', { teamRoles: ['MEMBER', 'LEAD'] }, 'PROJECT_MANAGER'],
    ['an engineer who leads a team', { teamRoles: ['LEAD'], professions: ['DATA_SCIENTIST'] }, 'ENGINEER'],
    ['an engineer who manages a project, too', { professions: ['DATA_SCIENTIST', 'PROJECT_MANAGER'] }, 'PROJECT_MANAGER'],
    ['a tester', { professions: ['TEST_ENGINEER'] }, 'ENGINEER'],
    ['a profession of one organisation', { professions: ['RESEARCH_LEAD'] }, 'ENGINEER'],
  ])('is guessed of %s', (_, who, role) => {
    expect(guessedRole({ ...NOBODY, ...who })).toBe(role);
  });
});

describe('the blocks of home', () => {
  it.each(HOME_ROLES)('are all there for %s, one’s own first and unfolded', (role) => {
    const blocks = blocksOf(role, NOTHING_KEPT);
    expect(blocks.map(({ block }) => block).toSorted()).toEqual(HOME_BLOCKS.toSorted());
    const folded = blocks.map((one) => one.folded);
    expect(folded).toEqual(folded.toSorted());
    expect(folded.filter((one) => !one).length).toBeGreaterThanOrEqual(3);
  });

  it('stay as somebody left them', () => {
    const blocks = blocksOf('PROJECT_MANAGER', { folded: ['PEOPLE', 'GONE'], unfolded: ['WEEK'], order: ['WEEK', 'GONE', 'CHANGES', 'WEEK'] });
    expect(blocks.map(({ block, folded }) => (folded ? block.toLowerCase() : block)).slice(0, 6)).toEqual([
      'WEEK',
      'CHANGES',
      'SPRINTS',
      'ATTENTION',
      'people',
      'my_runs',
    ]);
    expect(blocks).toHaveLength(HOME_BLOCKS.length);
  });
});
