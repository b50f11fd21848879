import { useQuery } from '@apollo/client/react';
import type { Typed } from '@trainyard/domain';
import { useEffect, useMemo, useState } from 'react';
import { useViewer } from '../../access/useActor.ts';
import { FindThingsDocument, KnownThingsDocument } from '../../shell/palette.generated.ts';
import type { Thing } from '../../shell/palette-part.ts';
import { isSame, knownAs, OpenedThings } from './opened-things.ts';
import { useThingsHere } from './useThingsHere.ts';

const NONE: readonly Thing[] = [];

export interface Found {
  things: readonly Thing[];
  /** They were found for exactly what is typed now. */
  isAnswer: boolean;
  searching: boolean;
  error: unknown;
  retry: () => Promise<unknown>;
}

/** What the server finds for what is typed. Nothing of it is kept: what somebody may know of can change. */
export function useFound(typed: Typed, projectKey: string | null): Found {
  const { data, previousData, error, loading, refetch } = useQuery(FindThingsDocument, {
    variables: { text: typed.text, projectKey },
    skip: typed.text === '',
    fetchPolicy: 'no-cache',
  });
  return { things: (data ?? previousData)?.find ?? NONE, isAnswer: data !== undefined, searching: loading, error, retry: refetch };
}

/** What was opened lately and is not on the screen now, as it is now; and how many of them are still to come. */
export function useRecent(most: number): { things: readonly Thing[]; awaited: number; error: unknown; retry: () => Promise<unknown> } {
  const { user } = useViewer();
  const here = useThingsHere();
  const [opened] = useState(() => new OpenedThings(user.id));
  const [asked] = useState(() => opened.all());
  const { data, loading, error, refetch } = useQuery(KnownThingsDocument, { variables: { things: asked }, skip: asked.length === 0, fetchPolicy: 'no-cache' });
  const all = data?.knownThings;
  useEffect(() => {
    if (all) opened.forget(asked.filter((thing) => !all.some((one) => isSame(knownAs(one), thing))));
  }, [all, asked, opened]);
  const isElsewhere = (thing: (typeof asked)[number]): boolean => !here.some((one) => isSame(one, thing));
  const things = useMemo(() => (all ?? NONE).filter((thing) => !here.some((one) => isSame(one, knownAs(thing)))).slice(0, most), [all, here, most]);
  return { things, awaited: loading ? asked.filter(isElsewhere).slice(0, most).length : 0, error, retry: refetch };
}
