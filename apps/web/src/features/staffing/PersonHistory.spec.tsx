import { screen } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';
import type { PersonRowFragment } from './people.generated.ts';
import { PersonHistory } from './PersonHistory.tsx';

const stretch = (id: string, team: string, allocation: number, fromDate: string | null, toDate: string | null): PersonRowFragment['memberships'][number] => ({
  __typename: 'Membership',
  id,
  teamRole: 'MEMBER',
  allocation,
  fromDate,
  toDate,
  profession: { __typename: 'Role', id: 'r', nameEn: 'Data scientist', nameZh: '数据科学家' },
  team: { __typename: 'Team', id: team, name: team },
});
const person = (memberships: PersonRowFragment['memberships'], pastMemberships: PersonRowFragment['pastMemberships']): PersonRowFragment => ({
  __typename: 'User',
  id: 'u',
  name: 'Anna',
  email: 'anna@example.com',
  orgRole: 'MEMBER',
  disabled: false,
  version: 1,
  createdAt: '2026-11-01T08:00:00.000Z',
  memberships,
  pastMemberships,
});
const said = (): string[] => screen.getAllByRole('listitem').map((item) => item.textContent ?? '');

describe('the teams of a person over time', () => {
  it('are stints, the latest first, with what changed within one', async () => {
    const anna = person(
      [stretch('c', 'Vision', 60, '2024-03-01', null)],
      [
        stretch('a', 'Vision', 30, '2020-01-01', '2020-12-31'),
        stretch('b', 'Vision', 40, '2023-01-01', '2024-02-29'),
        stretch('d', 'Language', 50, null, '2022-06-30'),
      ],
    );
    await renderApp(<PersonHistory person={anna} opened onClose={() => undefined} />);
    await screen.findByRole('dialog', { name: 'Teams of Anna over time' });
    expect(said()).toEqual([
      expect.stringContaining('VisionSince Jan 1, 2023'),
      'Data scientist · Member · 40% · Jan 1, 2023 – Feb 29, 2024',
      'Data scientist · Member · 60% · Since Mar 1, 2024',
      expect.stringContaining('VisionJan 1, 2020 – Dec 31, 2020'),
      'Data scientist · Member · 30%',
      expect.stringContaining('LanguageUntil Jun 30, 2022'),
      'Data scientist · Member · 50%',
    ]);
    expect(screen.getAllByRole('listitem').filter((item) => item.getAttribute('aria-current'))).toHaveLength(1);
  });

  it('say that there are none', async () => {
    await renderApp(<PersonHistory person={person([], [])} opened onClose={() => undefined} />);
    expect(await screen.findByText('In no team yet')).toBeTruthy();
  });
});
