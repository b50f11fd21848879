import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Reports.module.css';

/** How a number is counted, beside it: folded until somebody asks. */
export function Definition({ text }: { text: string }) {
  const { t } = useTranslation('flow');
  return (
    <details className={classes.definition}>
      <summary>
        <IconInfoCircle size={14} aria-hidden="true" />
        {t('definition')}
      </summary>
      <p>{text}</p>
    </details>
  );
}
