import { useQuery } from '@apollo/client/react';
import { IconServer } from '@tabler/icons-react';
import { can } from '@trainyard/domain';
import { EmptyState } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useActor } from '../access/useActor.ts';
import { Page } from '../shell/Page.tsx';
import { Waiting } from '../shell/Waiting.tsx';
import { ConnectRunner } from './ConnectRunner.tsx';
import { RunnerCard } from './RunnerCard.tsx';
import { RunQueue } from './RunQueue.tsx';
import { RunnerTokens } from './RunnerTokens.tsx';
import { RunnersDocument } from './runners.generated.ts';

/** Often enough to see a runner come and go, seldom enough not to be noticed. */
const EVERY_MS = 5_000;

/** Where training happens: each runner, and what its engines proved when it started. */
export function RunnersPage() {
  const { t } = useTranslation('runner');
  const actor = useActor();
  const { data, error, refetch } = useQuery(RunnersDocument, { fetchPolicy: 'cache-and-network', pollInterval: EVERY_MS });
  const runners = [...(data?.runners ?? [])].sort((a, b) => Number(b.online) - Number(a.online) || a.name.localeCompare(b.name));
  return (
    <Page title={t('title')}>
      {!data && <Waiting error={error} onRetry={refetch} height={240} />}
      {data && runners.length === 0 && <EmptyState icon={<IconServer />} title={t('empty')} text={t('emptyHint')} />}
      {runners.map((runner) => (
        <RunnerCard key={runner.id} runner={runner} />
      ))}
      {data && <RunQueue />}
      {can(actor, 'runner.manage') && <RunnerTokens />}
      <ConnectRunner />
    </Page>
  );
}
