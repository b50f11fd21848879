import { useQuery } from '@apollo/client/react';
import { Button, Kbd } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { EmptyState, Face } from '@trainyard/ui';
import { IconChevronLeft, IconChevronRight, IconUsersGroup } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { timeZone } from '../lists/export-address.ts';
import { usePageKeys } from '../shell/usePageKeys.ts';
import { LinkButton } from '../shell/LinkButton.tsx';
import { Page, Section } from '../shell/Page.tsx';
import { useNow } from '../shell/useNow.ts';
import { Waiting } from '../shell/Waiting.tsx';
import { Asked } from './Asked.tsx';
import classes from './Block.module.css';
import { HomePeopleDocument, HomeRunsDocument, HomeTicketsDocument, type HomePeopleQuery } from './blocks.generated.ts';
import { RunLines } from './RunLines.tsx';
import page from './StandUpPage.module.css';
import { TicketLines } from './TicketLines.tsx';
import { WorkNews } from '../activity/WorkNews.tsx';

type Person = HomePeopleQuery['workload'][number];

/** Walks the people of a team one by one: what they have in hand, what is done since yesterday, their runs. */
export function StandUpPage() {
  const { teamId = '' } = useParams({ strict: false });
  return (
    <WorkNews>
      <StandUp key={teamId} teamId={teamId} />
    </WorkNews>
  );
}

function StandUp({ teamId }: { teamId: string }) {
  const { t } = useTranslation('home');
  const { data, error, refetch } = useQuery(HomePeopleDocument, { variables: { teamId, timeZone: timeZone() }, fetchPolicy: 'cache-and-network' });
  // who comes next does not change while the team stands
  const [people, setPeople] = useState<readonly Person[] | null>(null);
  if (people === null && data) setPeople(data.workload);
  return (
    <Page title={t('standUp.title')} actions={<LinkButton to="/" variant="default" children={t('standUp.end')} />}>
      {!people && <Waiting error={error} onRetry={refetch} height={320} />}
      {people?.length === 0 && <EmptyState icon={<IconUsersGroup />} title={t('people.empty')} />}
      {people && people.length > 0 && <Walk people={people} />}
    </Page>
  );
}

function Walk({ people }: { people: readonly Person[] }) {
  const { t } = useTranslation('home');
  const navigate = useNavigate();
  const [at, setAt] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const [began] = useState(() => Date.now());
  const current = people[at] as Person;
  const go = (by: number): void => {
    const next = Math.min(people.length - 1, Math.max(0, at + by));
    if (next === at) return;
    setAt(next);
    heading.current?.focus();
  };
  usePageKeys((key) => {
    if (key === 'j' || key === 'ArrowRight') go(1);
    else if (key === 'k' || key === 'ArrowLeft') go(-1);
    else if (key === 'Escape') void navigate({ to: '/' });
    else return false;
    return true;
  });
  return (
    <div className={page.walk}>
      <nav aria-label={t('standUp.people')} className={page.people}>
        <ol>
          {people.map(({ person }, i) => (
            <li key={person.id}>
              <button
                type="button"
                aria-current={i === at ? 'step' : undefined}
                className={page.person}
                data-past={i < at || undefined}
                onClick={() => setAt(i)}
              >
                <Face id={person.id} name={person.name} size={20} />
                <span>{person.name}</span>
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <div className={page.main}>
        <header className={page.head}>
          <Face id={current.person.id} name={current.person.name} size={32} />
          <h2 ref={heading} tabIndex={-1} className={page.name} aria-live="polite">
            {current.person.name}
          </h2>
          <span className={page.place}>{t('standUp.place', { at: at + 1, all: people.length })}</span>
          <Clock key={current.person.id} total={began} />
          <span className={page.buttons}>
            <Button
              variant="default"
              disabled={at === 0}
              onClick={() => go(-1)}
              leftSection={<IconChevronLeft size={14} aria-hidden="true" />}
              rightSection={<Kbd aria-hidden="true">K</Kbd>}
            >
              {t('standUp.previous')}
            </Button>
            <Button
              disabled={at === people.length - 1}
              onClick={() => go(1)}
              rightSection={<IconChevronRight size={14} aria-hidden="true" />}
              leftSection={<Kbd aria-hidden="true">J</Kbd>}
            >
              {t('standUp.next')}
            </Button>
          </span>
        </header>
        <PersonWork key={current.person.id} id={current.person.id} />
      </div>
    </div>
  );
}

const MANY = 20;

function PersonWork({ id }: { id: string }) {
  const { t } = useTranslation('home');
  const zone = timeZone();
  return (
    <>
      {(
        [
          ['inProgress', `assignee:${id} state:in_progress sort:place`],
          ['done', `assignee:${id} ended:yesterday.. sort:-ended`],
        ] as const
      ).map(([name, query]) => (
        <Section key={name} title={t(`standUp.${name}`)}>
          <Asked document={HomeTicketsDocument} variables={{ query, timeZone: zone, first: MANY }} lines={2}>
            {({ tickets: { nodes } }) => (nodes.length === 0 ? <p className={classes.empty}>{t(`standUp.none.${name}`)}</p> : <TicketLines tickets={nodes} />)}
          </Asked>
        </Section>
      ))}
      <Section title={t('standUp.runs')}>
        <Asked document={HomeRunsDocument} variables={{ query: `by:${id} queued:yesterday.. sort:-queued`, timeZone: zone, first: MANY }} lines={2}>
          {({ runs: { nodes } }) => (nodes.length === 0 ? <p className={classes.empty}>{t('standUp.none.runs')}</p> : <RunLines runs={nodes} />)}
        </Asked>
      </Section>
    </>
  );
}

/** How long this person has, and the whole team, in minutes and seconds. */
function Clock({ total }: { total: number }) {
  const { t } = useTranslation('home');
  const [began] = useState(() => Date.now());
  useNow(1_000);
  return (
    <span className={page.clock} role="timer" aria-live="off">
      {t('standUp.time', { person: clock(Date.now() - began), total: clock(Date.now() - total) })}
    </span>
  );
}

const clock = (ms: number): string => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1_000) % 60).padStart(2, '0')}`;
