import { allocatedOn, holdsOn } from '@trainyard/domain';
import { Tooltip } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './AllocationTotal.module.css';

export interface Share {
  allocation: number;
  fromDate: string | null;
  toDate: string | null;
  team: { name: string };
}

/** How much of a person's time all teams together hold on a day (ISO), with a warning where it is more than there is. */
export function AllocationTotal({ shares, on }: { shares: readonly Share[]; on: string }) {
  const { t } = useTranslation('staffing');
  const total = allocatedOn(shares, on);
  const held = shares.filter((share) => holdsOn(share, on));
  const over = total > 100;
  const parts = held.map((share) => `${share.team.name} ${share.allocation}%`).join(', ');
  return (
    <Tooltip label={parts} disabled={held.length === 0} multiline maw={320}>
      <span className={classes.total} data-over={over || undefined} tabIndex={held.length > 1 ? 0 : undefined}>
        <span className={classes.bar} aria-hidden="true">
          <span style={{ width: `${Math.min(100, total)}%` }} />
        </span>
        <span className={classes.figure}>{total}%</span>
        {over && <IconAlertTriangle size={14} role="img" aria-label={t('over100')} />}
      </span>
    </Tooltip>
  );
}
