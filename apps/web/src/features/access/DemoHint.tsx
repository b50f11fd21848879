import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SetupQuery } from './setup.generated.ts';
import classes from './EntryFrame.module.css';

/** On a machine with the seeded workspace: how to get in. */
export function DemoHint({ demo, onFill }: { demo: NonNullable<SetupQuery['setup']['demo']>; onFill: () => void }) {
  const { t } = useTranslation('access');
  return (
    <section className={classes.demo} aria-label={t('demo.title')}>
      <p>{t('demo.title')}</p>
      <Button size="compact-sm" variant="default" onClick={onFill}>
        {t('demo.fill')}
      </Button>
      <dl>
        <dt>{t('email')}</dt>
        <dd>{demo.email}</dd>
        <dt>{t('password')}</dt>
        <dd>{demo.password}</dd>
      </dl>
    </section>
  );
}
