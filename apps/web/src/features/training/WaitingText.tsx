import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { CardRunFragment } from './run-cards.generated.ts';
import { useNow } from '../shell/useNow.ts';

export interface WaitingTextProps {
  waiting: NonNullable<CardRunFragment['waiting']>;
  retryAt: string | null;
  short?: boolean;
}

/** What a run waits for; a pause before it is tried again is counted down. */
export function WaitingText({ waiting, retryAt, short = false }: WaitingTextProps) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const now = useNow(1_000, retryAt !== null);
  const seconds = retryAt === null ? 0 : Math.ceil((Date.parse(retryAt) - now) / 1000);
  if (seconds > 0) return t(short ? 'retryingIn.short' : 'retryingIn.full', { left: format.duration(seconds * 1000) });
  return t(short ? `waitingShort.${waiting}` : `waiting.${waiting}`);
}
