import { useTranslation } from 'react-i18next';
import { VERIFY_EXAMPLE } from './verify-example.ts';
import classes from './VerifyExample.module.css';

/** For whoever writes the receiver. */
export function VerifyExample() {
  const { t } = useTranslation('webhook');
  return (
    <details className={classes.root}>
      <summary>{t('verify.title')}</summary>
      <p>{t('verify.text')}</p>
      <pre className={classes.code} tabIndex={0} aria-label={t('verify.example')}>
        {VERIFY_EXAMPLE}
      </pre>
    </details>
  );
}
