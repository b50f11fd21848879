import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPrinter } from '@tabler/icons-react';
import { HOME_ROLES, type HomeBlock, type HomeRole } from '@trainyard/domain';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../shell/Page.tsx';
import { useToast } from '../shell/useToast.ts';
import { Waiting } from '../shell/Waiting.tsx';
import { Block } from './Block.tsx';
import classes from './Block.module.css';
import { DIRECTOR_BLOCKS } from './blocks/director-blocks.tsx';
import { ENGINEER_BLOCKS } from './blocks/engineer-blocks.tsx';
import { MANAGER_BLOCKS } from './blocks/manager-blocks.tsx';
import { FirstDay } from './FirstDay.tsx';
import { HomeDocument, UpdateHomeDocument, type HomeFieldsFragment } from './home.generated.ts';
import { useWorkNews } from '../activity/work-news.ts';
import { WorkNews } from '../activity/WorkNews.tsx';

const BLOCKS: Readonly<Record<HomeBlock, ComponentType>> = { ...ENGINEER_BLOCKS, ...MANAGER_BLOCKS, ...DIRECTOR_BLOCKS };
const WIDE: readonly HomeBlock[] = ['SPRINTS', 'WEEK', 'PROJECTS', 'ATTENTION', 'PEOPLE', 'CHANGES'];

/** What concerns whoever opens it, in the order in which their role needs it. */
export function HomePage() {
  return (
    <WorkNews>
      <Home />
    </WorkNews>
  );
}

function Home() {
  const { t } = useTranslation('home');
  const { data, error, refetch } = useQuery(HomeDocument, { fetchPolicy: 'cache-and-network' });
  const home = data?.home;
  // the steps of the first day come with it
  useWorkNews(async () => (home?.firstDay ? refetch() : undefined));
  return (
    <Page
      title={t('title')}
      actions={
        home && (
          <>
            <RoleMenu role={home.role} guessed={home.guessedRole} />
            <Button variant="default" leftSection={<IconPrinter size={14} aria-hidden="true" />} className={classes.print} onClick={() => window.print()}>
              {t('print')}
            </Button>
          </>
        )
      }
    >
      {!home && <Waiting error={error} onRetry={refetch} height={320} />}
      {home && <Blocks home={home} onChanged={refetch} />}
    </Page>
  );
}

function Blocks({ home, onChanged }: { home: HomeFieldsFragment; onChanged: () => unknown }) {
  const toast = useToast();
  const [update] = useMutation(UpdateHomeDocument, { onError: toast.failed });
  const { blocks } = home;
  const show = (next: Partial<HomeFieldsFragment>) => ({ updateHome: { ...home, ...next } });
  const fold = (block: HomeBlock, folded: boolean): void =>
    void update({
      variables: { input: folded ? { fold: block } : { unfold: block } },
      optimisticResponse: show({ blocks: blocks.map((one) => (one.block === block ? { ...one, folded } : one)) }),
    });
  const raise = (i: number): void => {
    const order = blocks.toSpliced(i, 1).toSpliced(i - 1, 0, blocks[i] as (typeof blocks)[number]);
    void update({ variables: { input: { order: order.map(({ block }) => block) } }, optimisticResponse: show({ blocks: order }) });
  };
  return (
    <>
      {home.firstDay && <FirstDay steps={home.firstDay} onDone={onChanged} onDismiss={() => void update({ variables: { input: { dismissed: true } } })} />}
      <div className={classes.grid}>
        {blocks.map(({ block, folded }, i) => {
          const Content = BLOCKS[block];
          return (
            <Block
              key={block}
              block={block}
              folded={folded}
              wide={WIDE.includes(block) && !folded}
              onFold={(next) => fold(block, next)}
              {...(i > 0 && { onRaise: () => raise(i) })}
            >
              <Content />
            </Block>
          );
        })}
      </div>
    </>
  );
}

/** Whose page it is: guessed, until somebody chooses. */
function RoleMenu({ role, guessed }: { role: HomeRole; guessed: HomeRole }) {
  const { t } = useTranslation('home');
  const toast = useToast();
  const [update] = useMutation(UpdateHomeDocument, { onError: toast.failed });
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button variant="default" className={classes.print} rightSection={<IconChevronDown size={14} aria-hidden="true" />}>
          {t(`role.${role}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('role.label')}>
        <Menu.Label>{t('role.label')}</Menu.Label>
        <Menu.RadioGroup value={role} onChange={(value) => void update({ variables: { input: { role: value === guessed ? null : (value as HomeRole) } } })}>
          {HOME_ROLES.map((each) => (
            <Menu.RadioItem key={each} value={each}>
              {t(`role.${each}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
