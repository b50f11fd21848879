import { useRouterState } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import type { KnownThing } from '../../../schema.generated.ts';
import { useRooms } from '../../shell/rooms.ts';
import { OpenedThings } from './opened-things.ts';

/** A peek that goes with the keyboard from card to card was not opened for each of them. */
const LOOKED_AT_AFTER_MS = 1_000;

/** The things that are on the screen. */
export function useThingsHere(): readonly KnownThing[] {
  const rooms = useRooms();
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  const search = useRouterState({ select: ({ location }) => location.search as Record<string, unknown> });
  return useMemo(() => {
    const path = pathname.split('/').slice(1).map(decodeURIComponent);
    return rooms.flatMap(({ thingAt }) => thingAt?.(path, search) ?? []);
  }, [rooms, pathname, search]);
}

/** Remembers what somebody looks at. */
export function useRememberOpened(userId: string): void {
  const here = useThingsHere();
  useEffect(() => {
    if (here.length === 0) return;
    const timer = setTimeout(() => {
      const opened = new OpenedThings(userId);
      // a ticket beside a board was opened after the board
      for (const thing of here.toReversed()) opened.remember(thing);
    }, LOOKED_AT_AFTER_MS);
    return () => clearTimeout(timer);
  }, [here, userId]);
}
