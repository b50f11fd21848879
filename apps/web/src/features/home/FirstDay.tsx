import { ActionIcon, Button } from '@mantine/core';
import { IconCircle, IconCircleCheck, IconX } from '@tabler/icons-react';
import type { FirstStep } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../shell/LinkButton.tsx';
import { openNewTicket } from '../ticket/new-ticket.ts';
import block from './Block.module.css';
import classes from './FirstDay.module.css';
import type { HomeFieldsFragment } from './home.generated.ts';

/** What a new organisation does first. Each step is done when it is done, and leads to where that is. */
export function FirstDay({ steps, onDismiss }: { steps: NonNullable<HomeFieldsFragment['firstDay']>; onDismiss: () => void }) {
  const { t } = useTranslation('home');
  const next = steps.find(({ done }) => !done)?.step;
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
            {!done && <Act step={step} isNext={step === next} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

const PLACES = { CONNECT_RUNNER: '/runners', ADD_DATA: '/datasets', QUEUE_RUN: '/tickets', INVITE: '/people' } as const satisfies Partial<
  Record<FirstStep, string>
>;

function Act({ step, isNext }: { step: FirstStep; isNext: boolean }) {
  const { t } = useTranslation('home');
  const look = isNext ? {} : ({ variant: 'default' } as const);
  if (step === 'MAKE_TICKET')
    return (
      <Button size="compact-sm" {...look} onClick={openNewTicket}>
        {t(`firstDay.act.${step}`)}
      </Button>
    );
  return (
    <LinkButton size="compact-sm" {...look} to={PLACES[step]}>
      {t(`firstDay.act.${step}`)}
    </LinkButton>
  );
}
