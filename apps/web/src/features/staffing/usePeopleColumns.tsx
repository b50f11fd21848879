import { holdsOn } from '@trainyard/domain';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { serverToday } from '../../server-clock.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import type { Column } from '../lists/DataTable.tsx';
import { AllocationTotal } from './AllocationTotal.tsx';
import type { PersonRowFragment } from './people.generated.ts';
import classes from './PeopleList.module.css';
import { PersonMenu } from './PersonMenu.tsx';
import { PersonName } from './PersonName.tsx';
import { PersonRole } from './PersonRole.tsx';

type Row = PersonRowFragment;
const TEAMS_MAX = 3;

/** What a list shows of a person: a field is a row here. */
export function usePeopleColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('staffing');
  const format = useFormat();
  return useMemo(() => {
    const today = serverToday();
    const current = (person: Row) => person.memberships.filter((membership) => holdsOn(membership, today));
    return [
      { field: 'name', head: t('member.person'), isSortable: true, isLine: true, cell: (person) => <PersonName person={person} /> },
      { field: 'role', head: t('list.field.role'), isSortable: true, cell: (person) => <PersonRole person={person} /> },
      {
        field: 'teams',
        head: t('teams'),
        isWide: true,
        cell(person) {
          // one with two roles in a team is in it once
          const teams = [...new Map(current(person).map(({ team }) => [team.id, team])).values()];
          if (teams.length === 0) return null;
          return (
            <ul className={classes.teams} title={teams.map(({ name }) => name).join(', ')}>
              {teams.slice(0, TEAMS_MAX).map((team) => (
                <li key={team.id}>
                  <Link to="/teams/$teamId" params={{ teamId: team.id }}>
                    {team.name}
                  </Link>
                </li>
              ))}
              {teams.length > TEAMS_MAX && <li className={classes.dimmed}>+{teams.length - TEAMS_MAX}</li>}
            </ul>
          );
        },
      },
      {
        field: 'allocation',
        head: t('member.total'),
        isSortable: true,
        isDescendingFirst: true,
        cell(person) {
          const shares = current(person);
          return shares.length > 0 && <AllocationTotal shares={shares} on={today} />;
        },
      },
      {
        field: 'created',
        head: t('list.field.created'),
        isSortable: true,
        isDescendingFirst: true,
        isMinor: true,
        cell: ({ createdAt }) => (
          <span className={classes.dimmed} title={format.dateTime(createdAt)}>
            {format.day(createdAt)}
          </span>
        ),
      },
      { field: 'actions', head: t('member.more'), isActions: true, cell: (person) => <PersonMenu person={person} /> },
    ];
  }, [t, format]);
}
