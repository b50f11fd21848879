import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Breadcrumb.module.css';

/** Where a page lies: the way up as links, from the outside in. */
export function Breadcrumb({ trail }: { trail: readonly ReactNode[] }) {
  const { t } = useTranslation('shell');
  return (
    <nav className={classes.root} aria-label={t('breadcrumb')}>
      <ol>
        {trail.map((step, i) => (
          // steps have no name of their own, and never change places
          <Fragment key={i}>
            {i > 0 && (
              <li aria-hidden="true" className={classes.slash}>
                /
              </li>
            )}
            <li>{step}</li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}
