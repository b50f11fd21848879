import { IconCircle, IconCircleCheck, IconCircleHalf2, IconCircleX } from '@tabler/icons-react';
import { standingOf, type Standing, type TicketProgress } from '@trainyard/domain';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import classes from './TicketState.module.css';

const ICONS = {
  OPEN: IconCircle,
  IN_PROGRESS: IconCircleHalf2,
  DONE: IconCircleCheck,
  CANCELLED: IconCircleX,
  DUPLICATE: IconCircleX,
} as const satisfies Record<Standing, unknown>;

export const standingWord = (t: TFunction<'ticket'>, standing: Standing): string =>
  standing === 'OPEN' || standing === 'IN_PROGRESS' ? t(`list.state.${standing}`) : t(`list.resolution.${standing}`);

/** The mark of a standing: done without what was wanted is another one than done. */
export function StandingIcon({ standing }: { standing: Standing }) {
  const Icon = ICONS[standing];
  return <Icon className={classes.icon} size={14} stroke={2} aria-hidden="true" data-standing={standing} />;
}

/** How far a ticket is, in words that are known: it looks nothing up, for long lists. */
export function StandingMark({ standing, word }: { standing: Standing; word: string }) {
  return (
    <span className={classes.root} data-standing={standing}>
      <StandingIcon standing={standing} />
      {word}
    </span>
  );
}

/** How far a ticket is. */
export function TicketState(progress: TicketProgress) {
  const { t } = useTranslation('ticket');
  const standing = standingOf(progress);
  return <StandingMark standing={standing} word={standingWord(t, standing)} />;
}
