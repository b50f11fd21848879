import type { TicketType } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import classes from './TypeIcon.module.css';

/** The type of a ticket as a shape of its own, one element each: a card cannot afford more. */
export function TypeIcon({ type }: { type: TicketType }) {
  const { t } = useTranslation('board');
  return <span className={classes.icon} data-type={type} role="img" aria-label={t(`type.${type}`)} title={t(`type.${type}`)} />;
}
