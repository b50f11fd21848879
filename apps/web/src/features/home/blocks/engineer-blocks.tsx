import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { UNREAD_MAX } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { timeZone } from '../../lists/export-address.ts';
import { InboxRow } from '../../notify/InboxRow.tsx';
import inbox from '../../notify/InboxPage.module.css';
import { useFormat } from '../../../i18n/useFormat.ts';
import { Asked } from '../Asked.tsx';
import classes from '../Block.module.css';
import { HomeBestsDocument, HomeDevicesDocument, HomeInboxDocument, HomeRunsDocument, HomeTicketsDocument } from '../blocks.generated.ts';
import { CountLink } from '../CountLink.tsx';
import { FirstOf } from '../FirstOf.tsx';
import { useWorkNews } from '../../activity/work-news.ts';
import { RunLines } from '../RunLines.tsx';
import { TicketLines } from '../TicketLines.tsx';

const FEW = 6;
const MY_RUNS = 'by:me is:going';
const NEXT = 'assignee:me is:unfinished sort:place';
const RESULTS = 'by:me is:ended ended:yesterday.. sort:-ended';

/** Runs of mine that go on: their curves, and the time that is left. */
function MyRuns() {
  const { t } = useTranslation('home');
  return (
    <Asked document={HomeRunsDocument} variables={{ query: MY_RUNS, timeZone: timeZone(), first: FEW }} lines={2}>
      {({ runs }) => (
        <FirstOf list="RUNS" query={MY_RUNS} found={runs} shown={FEW} empty={t('myRuns.empty')}>
          {(nodes) => <RunLines runs={nodes} />}
        </FirstOf>
      )}
    </Asked>
  );
}

/** My tickets that are not done, in the order of boards. */
function Next() {
  const { t } = useTranslation('home');
  return (
    <Asked document={HomeTicketsDocument} variables={{ query: NEXT, timeZone: timeZone(), first: FEW }} lines={4}>
      {({ tickets }) => (
        <FirstOf list="TICKETS" query={NEXT} found={tickets} shown={FEW} empty={t('next.empty')}>
          {(nodes) => <TicketLines tickets={nodes} />}
        </FirstOf>
      )}
    </Asked>
  );
}

/** News that I have not read. */
function Waiting() {
  const { t } = useTranslation('home');
  const format = useFormat();
  return (
    <Asked document={HomeInboxDocument} variables={{ first: FEW }} lines={3}>
      {({ inbox: { nodes }, unreadCount }) =>
        nodes.length === 0 ? (
          <p className={classes.empty}>{t('waiting.empty')}</p>
        ) : (
          <>
            <ul className={inbox.list}>
              {nodes.slice(0, FEW).map((item) => (
                <InboxRow key={item.id} item={item} />
              ))}
            </ul>
            <p className={classes.foot}>
              <Link to="/inbox" search={{ show: 'unread' }}>
                {t(unreadCount < UNREAD_MAX ? 'all' : 'allAndMore', { count: unreadCount, shown: format.number(unreadCount) })}
              </Link>
            </p>
          </>
        )
      }
    </Asked>
  );
}

/** What came of my runs since yesterday, and whether one is the best of its project now. */
function Results() {
  const { t } = useTranslation('home');
  const bests = useQuery(HomeBestsDocument, { fetchPolicy: 'cache-and-network' });
  useWorkNews(() => bests.refetch());
  const best = new Set(bests.data?.projects.flatMap((project) => (project.best ? [project.best.runId] : [])));
  return (
    <Asked document={HomeRunsDocument} variables={{ query: RESULTS, timeZone: timeZone(), first: FEW }} lines={3}>
      {({ runs }) => (
        <FirstOf list="RUNS" query={RESULTS} found={runs} shown={FEW} empty={t('results.empty')}>
          {(nodes) => <RunLines runs={nodes} best={best} />}
        </FirstOf>
      )}
    </Asked>
  );
}

/** What waits for a runner, and what runners are free. */
function Devices() {
  const { t } = useTranslation('home');
  const format = useFormat();
  return (
    <Asked document={HomeDevicesDocument} variables={{}} lines={3}>
      {({ runners, compute: { numbers } }) => {
        const online = runners.filter((runner) => runner.online);
        return (
          <>
            <dl className={classes.figures}>
              {numbers
                .filter(({ name }) => name === 'WAITING' || name === 'LIVE')
                .map((number) => (
                  <div key={number.name} className={classes.figure} data-quiet={number.count === 0 || undefined}>
                    <dt>{t(`compute.${number.name as 'WAITING'}`)}</dt>
                    <dd>
                      <CountLink number={number} />
                    </dd>
                  </div>
                ))}
            </dl>
            {online.length === 0 && <p className={classes.empty}>{t('devices.none')}</p>}
            <ul className={classes.list}>
              {online.map(({ id, name, busy, concurrency, engines }) => {
                const free = Math.max(0, concurrency - busy);
                const gpu = engines.find(({ available, isGpu }) => available && isGpu);
                return (
                  <li key={id} className={classes.row}>
                    <Link to="/runners" className={classes.main}>
                      {name} <span className={classes.key}>{gpu?.device ?? t('devices.noGpu')}</span>
                    </Link>
                    <span className={classes.aside} data-free={free > 0 || undefined}>
                      {free > 0 ? t('devices.free', { free: format.number(free), all: format.number(concurrency) }) : t('devices.busy')}
                    </span>
                  </li>
                );
              })}
            </ul>
          </>
        );
      }}
    </Asked>
  );
}

/** What an engineer looks at. */
export const ENGINEER_BLOCKS = { MY_RUNS: MyRuns, NEXT: Next, WAITING: Waiting, RESULTS: Results, DEVICES: Devices } as const;
