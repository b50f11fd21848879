import { useQuery } from '@apollo/client/react';
import { NativeSelect } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { PERSON_TICKETS, type HealthLevel } from '@trainyard/domain';
import { Face, Table } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { useViewer } from '../../access/useActor.ts';
import { timeZone } from '../../lists/export-address.ts';
import { LinkButton } from '../../shell/LinkButton.tsx';
import { Asked } from '../Asked.tsx';
import classes from '../Block.module.css';
import { HomeAttentionDocument, HomePeopleDocument, HomeTeamsDocument, type HomePeopleQuery } from '../blocks.generated.ts';
import { Changes } from '../Changes.tsx';
import { CountLink } from '../CountLink.tsx';
import { HEALTH_LOOKS } from '../health-looks.ts';
import { ReasonText } from '../HealthMark.tsx';
import { RunningSprints } from '../RunningSprints.tsx';

/** What is not as it should be, in all projects. */
function Attention() {
  const { t } = useTranslation('home');
  return (
    <Asked document={HomeAttentionDocument} variables={{}} lines={4}>
      {({ attention }) =>
        attention.length === 0 ? (
          <p className={classes.empty}>{t('attention.empty')}</p>
        ) : (
          <ul className={classes.list}>
            {attention.map((reason) => (
              <li key={reason.code} className={classes.row}>
                <LevelIcon level={reason.level} />
                <span className={classes.main}>
                  <ReasonText reason={reason} />
                </span>
              </li>
            ))}
          </ul>
        )
      }
    </Asked>
  );
}

function LevelIcon({ level }: { level: HealthLevel }) {
  const { t } = useTranslation('home');
  const { icon: Symbol, tone } = HEALTH_LOOKS[level];
  return <Symbol size={16} className={classes[tone]} role="img" aria-label={t(`health.${level}`)} />;
}

const TEAM = 'trainyard.home.team';

/** Who has how much to do, team by team; from here the team stands up. */
function People() {
  const { t } = useTranslation('home');
  const viewer = useViewer();
  const { data } = useQuery(HomeTeamsDocument);
  const [chosen, choose] = useState(() => localStorage.getItem(TEAM));
  const teams = data?.teams ?? [];
  const own = new Set(viewer.teams.map(({ teamId }) => teamId));
  const team = teams.find(({ id }) => id === chosen) ?? teams.find(({ id }) => own.has(id)) ?? teams[0];
  if (data && !team) return <p className={classes.empty}>{t('people.noTeam')}</p>;
  return (
    <>
      <div className={classes.tools}>
        <NativeSelect
          aria-label={t('people.team')}
          value={team?.id ?? ''}
          data={teams.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={({ currentTarget: { value } }) => {
            localStorage.setItem(TEAM, value);
            choose(value);
          }}
        />
        {team && (
          <LinkButton to="/stand-up/$teamId" params={{ teamId: team.id }} variant="default" leftSection={<IconPlayerPlay size={14} aria-hidden="true" />}>
            {t('standUp.start')}
          </LinkButton>
        )}
      </div>
      {team && (
        <Asked document={HomePeopleDocument} variables={{ teamId: team.id, timeZone: timeZone() }} lines={5}>
          {({ workload }) => (workload.length === 0 ? <p className={classes.empty}>{t('people.empty')}</p> : <Workload rows={workload} />)}
        </Asked>
      )}
    </>
  );
}

function Workload({ rows }: { rows: HomePeopleQuery['workload'] }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const heads = ['inProgress', 'open', 'finished', 'points', 'allocation'] as const;
  return (
    <Table
      caption={t('block.PEOPLE')}
      minWidth={560}
      head={
        <>
          <th scope="col">{t('people.person')}</th>
          {heads.map((head) => (
            <th key={head} scope="col" data-numeric>
              {t(`people.${head}`)}
            </th>
          ))}
        </>
      }
    >
      {rows.map(({ person, inProgress, open, finished, points, allocation }) => (
        <tr key={person.id}>
          <td>
            <span className={classes.person}>
              <Face id={person.id} name={person.name} size={20} />
              {person.name}
            </span>
          </td>
          {(
            [
              [inProgress, PERSON_TICKETS.IN_PROGRESS],
              [open, PERSON_TICKETS.OPEN],
              [finished, PERSON_TICKETS.FINISHED],
            ] as const
          ).map(([count, query]) => (
            <td key={query} data-numeric>
              {count === 0 ? (
                <span className={classes.key}>0</span>
              ) : (
                <CountLink number={{ count, list: 'TICKETS', query: `assignee:${person.id} ${query}` }} />
              )}
            </td>
          ))}
          <td data-numeric>{format.number(points)}</td>
          <td data-numeric className={allocation > 100 ? classes.bad : undefined}>
            <Link to="/people" search={{ query: `"${person.name}"` }}>
              {t('percent', { value: format.number(allocation) })}
            </Link>
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** What a project manager looks at. */
export const MANAGER_BLOCKS = { SPRINTS: RunningSprints, ATTENTION: Attention, PEOPLE: People, CHANGES: Changes } as const;
