import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Offer } from '../../shell/Offer.tsx';
import { useErrorMessage } from '../../shell/error/useErrorMessage.ts';
import { RefusedTickets } from './RefusedTickets.tsx';
import type { ManyOutcome } from './ticket-changes.ts';

const STAYS_MS = 10_000;

/** What became of each; of those that were changed only how many they are matters. */
export type Told = Omit<ManyOutcome, 'changed'> & { changed: readonly unknown[] };

/**
 * Says what became of each: how many, and which were refused and why, with the way back. Answers the sentence.
 * @param done the sentence of those that were changed
 */
export type TellMany = (id: string, done: string, outcome: Told, undo: (() => unknown) | null) => string;

/** Words of what was done with many tickets, in the corner; those that were refused are named and linked, and stay there until they are closed. */
export function useTellMany(): TellMany {
  const { t } = useTranslation('ticket');
  const describe = useErrorMessage();
  const navigate = useNavigate();
  const latest = useRef({ t, describe, navigate });
  useEffect(() => {
    latest.current = { t, describe, navigate };
  });
  return useCallback((id, done, { changed, unchanged, refused }, undo) => {
    const { t: text, describe: reason, navigate: go } = latest.current;
    const parts = [
      changed.length > 0 || (unchanged === 0 && refused.length === 0) ? done : [],
      unchanged > 0 ? text('many.unchanged', { count: unchanged }) : [],
      refused.length > 0 ? text('many.refused', { count: refused.length }) : [],
    ].flat();
    const said = parts.join(' ');
    notifications.hide(id);
    notifications.show({
      id,
      message: (
        <>
          {undo && changed.length > 0 ? (
            <Offer
              text={said}
              offers="undo"
              onTake={() => {
                notifications.hide(id);
                undo();
              }}
            />
          ) : (
            said
          )}
          {refused.length > 0 && (
            <RefusedTickets
              refused={refused.map((one) => ({ ...one, why: reason({ code: one.code, params: one.params }) }))}
              onOpen={(ticketKey) => void go({ to: '/tickets/$ticketKey', params: { ticketKey } })}
            />
          )}
        </>
      ),
      autoClose: refused.length > 0 ? false : STAYS_MS,
      withBorder: true,
      ...(refused.length > 0 && { color: 'orange' }),
    });
    return said;
  }, []);
}
