import { IconLock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { dayAt } from '@trainyard/domain';
import { Face, Table } from '@trainyard/ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { AllocationTotal } from '../../staffing/AllocationTotal.tsx';
import { serverNow } from '../../../server-clock.ts';
import { Asked } from '../Asked.tsx';
import { Best } from '../Best.tsx';
import classes from '../Block.module.css';
import {
  HomeAllocationDocument,
  HomeComputeDocument,
  HomeProjectsDocument,
  HomeWeekDocument,
  type HomeProjectsQuery,
  type HomeWeekQuery,
} from '../blocks.generated.ts';
import { CountLink } from '../CountLink.tsx';
import { HealthMark, ReasonText } from '../HealthMark.tsx';
import { Progress } from '../Progress.tsx';

const FEW = 10;

/** The last seven days in three sentences. */
function Week() {
  return (
    <Asked document={HomeWeekDocument} variables={{}} lines={3}>
      {({ week }) => (
        <div>
          {week.map((sentence) => (
            <Sentence key={sentence.code} {...sentence} />
          ))}
        </div>
      )}
    </Asked>
  );
}

/** In its text, <NAME>words</NAME> is the number of that name, as a link to what it counts. */
function Sentence({ code, numbers }: HomeWeekQuery['week'][number]) {
  const { t } = useTranslation('home');
  const countOf = (name: string): number => numbers.find((number) => number.name === name)?.count ?? 0;
  const counts = Object.fromEntries(numbers.map(({ name, count }) => [name, count]));
  const text = t(`week.${code}`, { ...counts, total: numbers.reduce((sum, { count }) => sum + count, 0) });
  const parts: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(/<(\w+)>/g)) {
    const number = numbers.find(({ name }) => name === match[1]);
    parts.push(text.slice(from, match.index));
    if (number)
      parts.push(
        <CountLink key={number.name} number={number}>
          {t(`weekNumber.${number.name as 'FINISHED'}`, { count: countOf(number.name) })}
        </CountLink>,
      );
    from = match.index + match[0].length;
  }
  return (
    <p className={classes.sentence}>
      {parts}
      {text.slice(from)}
    </p>
  );
}

const ORDER = ['RED', 'AMBER', 'GREEN', 'UNKNOWN'];

/** Projects as rows, those first that are not well. */
function Projects() {
  const { t } = useTranslation('home');
  return (
    <Asked document={HomeProjectsDocument} variables={{}} lines={6}>
      {({ projects }) =>
        projects.length === 0 ? (
          <p className={classes.empty}>{t('projects.empty')}</p>
        ) : (
          <Table
            caption={t('block.PROJECTS')}
            minWidth={880}
            head={(['project', 'health', 'progress', 'best', 'people'] as const).map((head) => (
              <th key={head} scope="col">
                {t(`projects.${head}`)}
              </th>
            ))}
          >
            {projects
              .toSorted((a, b) => ORDER.indexOf(a.health.level) - ORDER.indexOf(b.health.level))
              .map((project) => (
                <ProjectRow key={project.id} project={project} />
              ))}
          </Table>
        )
      }
    </Asked>
  );
}

function ProjectRow({ project }: { project: HomeProjectsQuery['projects'][number] }) {
  const { t } = useTranslation('home');
  const { t: shell } = useTranslation('shell');
  const { key, name, visibility, health, progress, best, team } = project;
  return (
    <tr>
      <td>
        <Link to="/projects/$projectKey" params={{ projectKey: key }}>
          {name}
        </Link>{' '}
        {visibility === 'PRIVATE' && <IconLock size={12} role="img" aria-label={shell('nav.private')} />}
      </td>
      <td className={classes.reasons}>
        <HealthMark level={health.level} />
        {health.reasons.map((reason) => (
          <div key={reason.code} className={classes.reason}>
            <ReasonText reason={reason} projectKey={key} />
          </div>
        ))}
      </td>
      <td>
        <Progress progress={progress} projectKey={key} />
      </td>
      <td>{best ? <Best best={best} /> : <span className={classes.key}>{t('best.none')}</span>}</td>
      <td>
        <Link to="/teams/$teamId" params={{ teamId: team.id }}>
          {team.name}
        </Link>{' '}
        <span className={classes.key}>{t('projects.members', { count: team.memberCount })}</span>
      </td>
    </tr>
  );
}

/** Whose time is promised more than once. */
function Allocation() {
  const { t } = useTranslation('home');
  const format = useFormat();
  const today = dayAt(new Date(serverNow()), 'UTC');
  return (
    <Asked document={HomeAllocationDocument} variables={{ first: FEW }} lines={3}>
      {({ users: { nodes, totalCount } }) =>
        nodes.length === 0 ? (
          <p className={classes.empty}>{t('allocation.empty')}</p>
        ) : (
          <>
            <ul className={classes.list}>
              {nodes.slice(0, FEW).map(({ id, name, memberships }) => (
                <li key={id} className={classes.row}>
                  <Face id={id} name={name} size={20} />
                  <Link to="/people" search={{ query: `"${name}"` }} className={classes.main}>
                    {name} <span className={classes.key}>{memberships.map(({ allocation, team }) => `${team?.name ?? ''} ${allocation}%`).join(' · ')}</span>
                  </Link>
                  <AllocationTotal shares={memberships.map((one) => ({ ...one, team: { name: one.team?.name ?? '' } }))} on={today} />
                </li>
              ))}
            </ul>
            <p className={classes.foot}>
              <Link to="/people" search={{ query: 'allocation:>100 -is:disabled sort:-allocation' }}>
                {t('all', { count: totalCount, shown: format.number(totalCount) })}
              </Link>
            </p>
          </>
        )
      }
    </Asked>
  );
}

/** What machines did in the last seven days, and how long runs waited for them. */
function Compute() {
  const { t } = useTranslation('home');
  const format = useFormat();
  return (
    <Asked document={HomeComputeDocument} variables={{}} lines={3}>
      {({ compute: { numbers, trainedMs, medianWaitMs, longWaitMs } }) => (
        <>
          <dl className={classes.figures}>
            {numbers.map((number) => (
              <div key={number.name} className={classes.figure} data-quiet={number.count === 0 || undefined}>
                <dt>{t(`compute.${number.name as 'WAITING'}`)}</dt>
                <dd>
                  <CountLink number={number} />
                </dd>
              </div>
            ))}
          </dl>
          <p className={classes.empty}>
            {medianWaitMs === null || longWaitMs === null
              ? t('compute.nothing')
              : t('compute.told', { trained: format.duration(trainedMs), median: format.duration(medianWaitMs), long: format.duration(longWaitMs) })}
          </p>
        </>
      )}
    </Asked>
  );
}

/** What a director looks at. */
export const DIRECTOR_BLOCKS = { WEEK: Week, PROJECTS: Projects, ALLOCATION: Allocation, COMPUTE: Compute } as const;
