import { IconAlertTriangle, IconSquareRotated, IconSquareRotatedFilled } from '@tabler/icons-react';
import type { ReleaseStanding } from '@trainyard/domain';
import classes from './Releases.module.css';

const ICONS = { PLANNED: IconSquareRotated, OVERDUE: IconAlertTriangle, RELEASED: IconSquareRotatedFilled } as const satisfies Record<ReleaseStanding, unknown>;

/** Where a release stands, by shape and colour. */
export function ReleaseMark({ standing }: { standing: ReleaseStanding }) {
  const Icon = ICONS[standing];
  return <Icon className={classes.mark} size={14} aria-hidden="true" data-standing={standing} />;
}
