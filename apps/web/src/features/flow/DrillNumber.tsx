import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Drill } from './drill.ts';
import { useReport } from './report-context.ts';
import classes from './Reports.module.css';

/** A number that opens the tickets it counts. */
export function DrillNumber({ drill: of, children }: { drill: Drill; children: string }): ReactNode {
  const { t } = useTranslation('flow');
  const { drill } = useReport();
  return (
    <button
      type="button"
      className={classes.number}
      aria-label={t(of.kind === 'NAMED' ? 'drill.openNamed' : 'drill.open', { what: of.title, number: children })}
      onClick={() => drill(of)}
    >
      {children}
    </button>
  );
}
