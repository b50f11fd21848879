import { useQuery } from '@apollo/client/react';
import { Button, Skeleton } from '@mantine/core';
import { can } from '@trainyard/domain';
import { Delayed, EmptyState, Face } from '@trainyard/ui';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActor } from '../access/useActor.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { Page } from '../shell/Page.tsx';
import { CreateTeamDialog } from './CreateTeamDialog.tsx';
import { Professions } from './Professions.tsx';
import classes from './TeamsPage.module.css';
import { TeamsDocument, type TeamsQuery } from './teams.generated.ts';

export function TeamsPage() {
  const { t } = useTranslation('staffing');
  const mayCreate = can(useActor(), 'team.create');
  const [creating, setCreating] = useState(false);
  const { data, error, refetch } = useQuery(TeamsDocument, { fetchPolicy: 'cache-and-network' });
  const create = mayCreate && (
    <Button leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setCreating(true)}>
      {t('team.new')}
    </Button>
  );
  return (
    <Page title={t('teams')} actions={data && data.teams.length > 0 && create}>
      <ErrorNotice error={error} onRetry={refetch} />
      {data ? (
        data.teams.length === 0 ? (
          <EmptyState icon={<IconUsersGroup />} title={t('team.none')} text={t('team.noneText')} action={create} />
        ) : (
          <ul className={classes.list}>
            {data.teams.map((team) => (
              <TeamRow key={team.id} team={team} />
            ))}
          </ul>
        )
      ) : (
        !error && (
          <Delayed>
            {[0, 1, 2].map((row) => (
              <Skeleton key={row} height={52} />
            ))}
          </Delayed>
        )
      )}
      <Professions />
      <CreateTeamDialog opened={creating} onClose={() => setCreating(false)} />
    </Page>
  );
}

const FACES = 5;

function TeamRow({ team }: { team: TeamsQuery['teams'][number] }) {
  const { t } = useTranslation('staffing');
  const people = [...new Map(team.memberships.map(({ user }) => [user.id, user])).values()];
  return (
    <li className={classes.row}>
      <div className={classes.text}>
        <Link to="/teams/$teamId" params={{ teamId: team.id }} className={classes.name}>
          {team.name}
        </Link>
        {team.description && <p className={classes.description}>{team.description}</p>}
      </div>
      <span className={classes.faces}>
        {people.slice(0, FACES).map((person) => (
          <Face key={person.id} {...person} />
        ))}
      </span>
      <span className={classes.count}>{t('memberCount', { count: team.memberCount })}</span>
    </li>
  );
}
