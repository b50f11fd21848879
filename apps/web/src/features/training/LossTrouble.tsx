import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { isEnded, lossTrouble, type ProjectScope } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { CancelRun } from './CancelRun.tsx';
import type { Curves } from './curves.ts';
import classes from './LossTrouble.module.css';
import type { TicketRunFragment } from './runs.generated.ts';
import { useCurves } from './useCurves.ts';

/** Says while a run trains that its loss grows or is no number, with the way out beside it. */
export function LossTrouble({ run, curves, scope }: { run: TicketRunFragment; curves: Curves | null; scope: ProjectScope | null }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const trouble = useCurves(curves, (all) => lossTrouble(all.buffer('LOSS').all()));
  if (!trouble || isEnded(run.card.state) || run.cancelRequested) return null;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle aria-hidden="true" />} className={classes.root} role="status">
      <div className={classes.line}>
        <span>
          {trouble.kind === 'NOT_A_NUMBER'
            ? t('trouble.NOT_A_NUMBER')
            : t('trouble.GROWING', { from: format.figure(trouble.from), to: format.figure(trouble.to), step: format.number(trouble.since) })}
        </span>
        <CancelRun run={run} scope={scope} />
      </div>
    </Alert>
  );
}
