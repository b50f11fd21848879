import { screen, waitFor, within } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';
import { switchTestLanguage } from '../../../test/texts.ts';
import {
  AddMembershipDocument,
  CandidatesDocument,
  RemoveMembershipDocument,
  TeamDocument,
  TeamOnDayDocument,
  TeamPastDocument,
  UpdateMembershipDocument,
  type CandidatesQuery,
} from './team.generated.ts';
import { Team, type Membership, type TeamDetails } from './TeamPage.tsx';
import { ProfessionsDocument } from './teams.generated.ts';

type Share = Membership['user']['memberships'][number];

const profession = {
  __typename: 'Role' as const,
  id: 'role-ml',
  key: 'ML_ENGINEER',
  group: 'CORE_RND' as const,
  nameEn: 'Machine-learning engineer',
  nameZh: '机器学习工程师',
};
const share = (id: string, team: string, allocation: number, toDate: string | null = null): Share => ({
  __typename: 'Membership',
  id,
  allocation,
  fromDate: null,
  toDate,
  team: { __typename: 'Team', id: team, name: team },
});

function membership(name: string, shares: Share[]): Membership {
  const here = shares[0] ?? share('none', 'Language', 0);
  return {
    ...here,
    __typename: 'Membership',
    teamRole: 'MEMBER',
    version: 1,
    profession,
    user: { __typename: 'User', id: `user-${name}`, name, email: `${name.toLowerCase()}@example.com`, disabled: false, memberships: shares },
  };
}
const team = (memberships: Membership[]): TeamDetails => ({
  __typename: 'Team',
  id: 'team-1',
  name: 'Language',
  description: '',
  version: 1,
  memberCount: memberships.length,
  deletedAt: null,
  memberships,
});
const loads = (memberships: Membership[]) => ({ request: { query: TeamDocument, variables: { id: 'team-1' } }, result: { data: { team: team(memberships) } } });
const professions = { request: { query: ProfessionsDocument }, result: { data: { professions: [profession] } } };

const MARIA: CandidatesQuery['users']['nodes'][number] = {
  __typename: 'User',
  id: 'user-Maria',
  name: 'Maria',
  email: 'maria@example.com',
  disabled: false,
  memberships: [share('m9', 'Vision', 70)],
};
const candidates = (search: string | null) => ({
  request: { query: CandidatesDocument, variables: { search } },
  result: { data: { users: { __typename: 'UserConnection' as const, nodes: [MARIA] } } },
});

describe('memberships', () => {
  it('warn when the teams together promise more of a person than there is', async () => {
    const over = membership('Wang', [share('m1', 'Language', 80), share('m2', 'Vision', 40)]);
    const right = membership('Maria', [share('m3', 'Language', 100), share('m4', 'Vision', 50, '2020-12-31')]);
    await renderApp(<Team teamId="team-1" />, { mocks: [loads([over, right])] });
    const row = await screen.findByRole('row', { name: /Wang/ });
    expect(row.textContent).toContain('120%');
    expect(within(row).getByRole('img', { name: 'Promised for more than 100% of the time' })).toBeTruthy();
    // a membership that has ended no longer counts
    const other = screen.getByRole('row', { name: /Maria/ });
    expect(other.textContent).toContain('100%');
    expect(within(other).queryByRole('img')).toBeNull();
  });

  it('add a person, and say before it is saved what their sum would be', async () => {
    const input = { teamId: 'team-1', userId: 'user-Maria', roleId: 'role-ml', teamRole: 'MEMBER' as const, allocation: 50, fromDate: null, toDate: null };
    const added = {
      request: { query: AddMembershipDocument, variables: { input } },
      result: { data: { addMembership: { __typename: 'Membership' as const, id: 'm10' } } },
    };
    const after = loads([membership('Maria', [share('m10', 'Language', 50), share('m9', 'Vision', 70)])]);
    const { user } = await renderApp(<Team teamId="team-1" />, {
      mocks: [loads([]), professions, candidates(null), candidates('mar'), candidates('Maria · maria@example.com'), added, after],
    });
    await user.click((await screen.findAllByRole('button', { name: 'Add member' }))[0] ?? document.body);
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('combobox', { name: 'Person' }), 'mar');
    await user.click(await screen.findByRole('option', { name: /Maria/ }));
    await user.click(within(dialog).getByRole('combobox', { name: 'Profession' }));
    await user.click(await screen.findByRole('option', { name: 'Machine-learning engineer' }));
    expect(within(dialog).getByRole('status').textContent).toContain('Maria would be at 170%');
    await user.clear(within(dialog).getByLabelText('Allocation'));
    await user.type(within(dialog).getByLabelText('Allocation'), '50');
    expect(within(dialog).getByRole('status').textContent).toContain('Maria would be at 120%');
    await user.click(within(dialog).getByRole('button', { name: 'Add member' }));
    expect((await screen.findByRole('row', { name: /Maria/ })).textContent).toContain('120%');
  });

  it('refuse an end before the start', async () => {
    const { user } = await renderApp(<Team teamId="team-1" />, { mocks: [loads([membership('Maria', [share('m3', 'Language', 100)])]), professions] });
    await user.click(await screen.findByRole('button', { name: 'Actions for Maria' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Edit' }));
    const dialog = await screen.findByRole('dialog', { name: 'Edit Maria' });
    await user.click(within(dialog).getByRole('radio', { name: 'Always: a correction' }));
    await user.type(within(dialog).getByLabelText('From'), '2027-02-01');
    await user.type(within(dialog).getByLabelText('To'), '2027-01-01');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(await within(dialog).findByText('The end is before the start')).toBeTruthy();
  });

  it('ask before a person is taken out', async () => {
    const maria = membership('Maria', [share('m3', 'Language', 100)]);
    const removed = {
      request: { query: RemoveMembershipDocument, variables: { id: 'm3', version: 1, neverWas: false } },
      result: { data: { removeMembership: true } },
    };
    const { user } = await renderApp(<Team teamId="team-1" />, { mocks: [loads([maria]), removed, loads([])] });
    await user.click(await screen.findByRole('button', { name: 'Actions for Maria' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Remove from team' }));
    const dialog = await screen.findByRole('dialog', { name: 'Remove Maria from the team' });
    await user.click(within(dialog).getByRole('button', { name: 'Remove from team' }));
    await waitFor(() => expect(screen.queryByText('maria@example.com')).toBeNull());
    expect(await screen.findByText('Nobody is in this team yet')).toBeTruthy();
  });

  it('change from a day on, or are corrected, as is said in the dialog', async () => {
    const maria = membership('Maria', [share('m3', 'Language', 100)]);
    const sent: object[] = [];
    const updated = {
      request: { query: UpdateMembershipDocument, variables: (variables: object) => sent.push(variables) > 0 },
      result: { data: { updateMembership: { ...maria, id: 'm4' } } },
      maxUsageCount: 2,
    };
    const { user } = await renderApp(<Team teamId="team-1" />, { mocks: [{ ...loads([maria]), maxUsageCount: 3 }, professions, updated] });
    const edit = async (choose: (dialog: HTMLElement) => Promise<void>): Promise<void> => {
      await user.click(await screen.findByRole('button', { name: 'Actions for Maria' }));
      await user.click(await screen.findByRole('menuitem', { name: 'Edit' }));
      const dialog = await screen.findByRole('dialog', { name: 'Edit Maria' });
      await choose(dialog);
      await user.click(within(dialog).getByRole('button', { name: 'Save' }));
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    };
    await edit(async (dialog) => {
      await user.clear(within(dialog).getByLabelText('From this day'));
      await user.type(within(dialog).getByLabelText('From this day'), '2028-03-01');
    });
    await edit((dialog) => user.click(within(dialog).getByRole('radio', { name: 'Always: a correction' })));
    expect(sent).toMatchObject([
      { id: 'm3', since: '2028-03-01', fromDate: null },
      { id: 'm3', since: null },
    ]);
  });

  it('are shown as those of today, those to come, and those who left when one asks', async () => {
    const wei = { ...membership('Wei', [share('m5', 'Language', 40)]), fromDate: '2199-01-01' };
    const { user: weis, ...rest } = membership('Anna', [share('m6', 'Language', 30, '2020-12-31')]);
    const { memberships: _, ...anna } = weis;
    const past = {
      request: { query: TeamPastDocument, variables: { id: 'team-1' } },
      result: { data: { team: { __typename: 'Team' as const, id: 'team-1', pastMemberships: [{ ...rest, user: anna }] } } },
    };
    const { user } = await renderApp(<Team teamId="team-1" />, { mocks: [loads([membership('Maria', [share('m3', 'Language', 100)]), wei]), past] });
    expect(within(await screen.findByRole('table', { name: 'Members' })).queryByText('Wei')).toBeNull();
    expect(within(screen.getByRole('table', { name: 'Coming' })).getByText('Wei')).toBeTruthy();
    expect(screen.queryByText('Anna')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Show' }));
    expect(within(await screen.findByRole('table', { name: 'Past members' })).getByText('Anna')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Actions for Anna' }));
    expect(await screen.findByRole('menuitem', { name: 'Take back' })).toBeTruthy();
    expect(screen.queryByRole('menuitem', { name: 'Edit' })).toBeNull();
  });

  it('of a deleted team are told, and nothing of it can be changed', async () => {
    const { user: weis, ...rest } = membership('Anna', [share('m6', 'Language', 30, '2020-12-31')]);
    const { memberships: _, ...anna } = weis;
    const gone = {
      request: { query: TeamDocument, variables: { id: 'team-1' } },
      result: { data: { team: { ...team([]), deletedAt: '2026-03-05T12:00:00.000Z' } } },
    };
    const past = {
      request: { query: TeamPastDocument, variables: { id: 'team-1' } },
      result: { data: { team: { __typename: 'Team' as const, id: 'team-1', pastMemberships: [{ ...rest, user: anna }] } } },
    };
    await renderApp(<Team teamId="team-1" />, { mocks: [gone, past] });
    expect((await screen.findByRole('status')).textContent).toContain('was deleted on Mar 5, 2026');
    expect(within(await screen.findByRole('table', { name: 'Past members' })).getByText('Anna')).toBeTruthy();
    for (const name of ['Add member', 'Actions for Anna', 'More actions']) expect(screen.queryByRole('button', { name })).toBeNull();
  });

  it('are those of a day, to look at and not to change', async () => {
    const anna = membership('Anna', [share('m6', 'Language', 30), share('m7', 'Vision', 90)]);
    const onDay = {
      request: { query: TeamOnDayDocument, variables: { id: 'team-1', on: '2020-02-29' } },
      result: { data: { team: { __typename: 'Team' as const, id: 'team-1', memberships: [anna] } } },
    };
    const { user } = await renderApp(<Team teamId="team-1" />, { mocks: [loads([membership('Maria', [share('m3', 'Language', 100)])]), onDay] });
    await user.type(await screen.findByLabelText('Members on'), '2020-02-29');
    const table = await screen.findByRole('table', { name: /Members on Feb 29, 2020/ });
    expect(within(table).getByRole('row', { name: /Anna/ }).textContent).toContain('120%');
    expect(screen.queryByText('Maria')).toBeNull();
    expect(screen.queryByRole('button', { name: /Actions for/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Show today' }));
    expect(await screen.findByText('Maria')).toBeTruthy();
  });

  it('show no buttons to a person who may not manage the team', async () => {
    await renderApp(<Team teamId="team-1" />, { mocks: [loads([membership('Maria', [share('m3', 'Language', 100)])])], viewer: { orgRole: 'MEMBER' } });
    expect(await screen.findByRole('row', { name: /Maria/ })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Actions for Maria' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Add member' })).toBeNull();
  });

  it('show them to the lead of the team, in Chinese too', async () => {
    await switchTestLanguage('zh');
    await renderApp(<Team teamId="team-1" />, {
      mocks: [loads([membership('Maria', [share('m3', 'Language', 100)])])],
      viewer: { orgRole: 'MEMBER', teams: [{ __typename: 'ViewerTeam', teamId: 'team-1', role: 'LEAD' }] },
    });
    expect(await screen.findByRole('button', { name: '添加成员' })).toBeTruthy();
    expect(screen.getByRole('row', { name: /机器学习工程师/ })).toBeTruthy();
  });
});
