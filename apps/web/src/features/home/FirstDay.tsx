import { ActionIcon, Button } from '@mantine/core';
import { IconCircle, IconCircleCheck, IconX } from '@tabler/icons-react';
import { can, type FirstStep } from '@trainyard/domain';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withTexts } from '../../i18n/index.ts';
import { useActor } from '../access/useActor.ts';
import { LinkButton } from '../shell/LinkButton.tsx';
import { openNewTicket } from '../ticket/new-ticket.ts';
import { useWritableProjects } from '../ticket/useWritableProjects.ts';
import block from './Block.module.css';
import classes from './FirstDay.module.css';
import type { HomeFieldsFragment } from './home.generated.ts';

const CreateDatasetDialog = lazy(withTexts(() => import('../dataset/CreateDatasetDialog.tsx').then((module) => ({ default: module.CreateDatasetDialog }))));
const CreatePersonDialog = lazy(withTexts(() => import('../staffing/CreatePersonDialog.tsx').then((module) => ({ default: module.CreatePersonDialog }))));

export interface FirstDayProps {
  steps: NonNullable<HomeFieldsFragment['firstDay']>;
  onDone: () => void;
  onDismiss: () => void;
}

/** What a new organisation does first. Each step is done when its data is there, and is begun from here by whoever may. */
export function FirstDay({ steps, onDone, onDismiss }: FirstDayProps) {
  const { t } = useTranslation('home');
  const [opened, setOpened] = useState<FirstStep | null>(null);
  const next = steps.find(({ done }) => !done)?.step;
  const close = (): void => {
    setOpened(null);
    onDone();
  };
  return (
    <section className={classes.root} aria-labelledby="first-day">
      <div className={classes.head}>
        <h2 id="first-day" className={classes.title}>
          {t('firstDay.title')}
        </h2>
        <span className={classes.progress}>{t('firstDay.progress', { done: steps.filter(({ done }) => done).length, all: steps.length })}</span>
        <ActionIcon variant="subtle" color="gray" aria-label={t('firstDay.dismiss')} title={t('firstDay.dismiss')} onClick={onDismiss}>
          <IconX size={16} aria-hidden="true" />
        </ActionIcon>
      </div>
      <ol className={block.list}>
        {steps.map(({ step, done }) => (
          <li key={step} className={block.row} data-done={done || undefined}>
            {done ? (
              <IconCircleCheck size={18} className={block.good} role="img" aria-label={t('firstDay.done')} />
            ) : (
              <IconCircle size={18} className={block.key} role="img" aria-label={t('firstDay.open')} />
            )}
            <span className={classes.text}>
              <span className={classes.step}>{t(`firstDay.step.${step}`)}</span>
              {!done && <span className={block.key}>{t(`firstDay.why.${step}`)}</span>}
            </span>
            {!done && <Act step={step} isNext={step === next} onOpen={() => setOpened(step)} />}
          </li>
        ))}
      </ol>
      <Suspense>
        {opened === 'ADD_DATA' && <CreateDatasetDialog opened onClose={close} onCreated={close} draftKey="dataset:first" />}
        {opened === 'INVITE' && <CreatePersonDialog opened onClose={close} />}
      </Suspense>
    </section>
  );
}

function Act({ step, isNext, onOpen }: { step: FirstStep; isNext: boolean; onOpen: () => void }) {
  const { t } = useTranslation('home');
  const actor = useActor();
  const writable = useWritableProjects();
  const look = { size: 'compact-sm', ...(!isNext && { variant: 'default' }) } as const;
  const act = t(`firstDay.act.${step}`);
  if (step === 'CONNECT_RUNNER') return can(actor, 'runner.manage') && <LinkButton to="/runners" {...look} children={act} />;
  // it is queued from a ticket
  if (step === 'QUEUE_RUN') return writable.length > 0 && <LinkButton to="/tickets" {...look} children={act} />;
  const may = { INVITE: can(actor, 'user.manage'), ADD_DATA: can(actor, 'dataset.create'), MAKE_TICKET: writable.length > 0 }[step];
  return may && <Button {...look} onClick={step === 'MAKE_TICKET' ? openNewTicket : onOpen} children={act} />;
}
