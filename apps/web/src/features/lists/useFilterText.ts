import { parse, type FieldSpecs, type Parsed } from '@trainyard/domain';
import { useEffect, useEffectEvent, useState } from 'react';

/** How long somebody pauses before what is typed is asked for, or found fault with. */
const PAUSE_MS = 500;

export interface FilterText {
  text: string;
  parsed: Parsed;
  /** Somebody has paused: what is wrong may be told. */
  isSettled: boolean;
  type(text: string): void;
  /** Asks for the text as it stands, or tells at once what is wrong with it. */
  ask(text: string): void;
}

/**
 * The text in the field and the query that is asked for. A text is asked for when its writer pauses, unless they choose how it goes on;
 * one that is no query is kept in the field, and what was found before stays.
 * @param onAsk `typing`: a further step of the same writing
 */
export function useFilterText(
  fields: FieldSpecs,
  asked: string,
  isChoosing: (text: string) => boolean,
  onAsk: (text: string, typing: boolean) => void,
): FilterText {
  const [state, setState] = useState({ text: asked, asked, sent: asked, settled: asked, typing: false });
  // the way back, a link, a view: what is asked for has changed, and not by what is typed here
  if (state.asked !== asked) setState({ ...state, asked, ...(asked !== state.sent && { text: asked, sent: asked, settled: asked, typing: false }) });
  const { text, settled } = state;

  const ask = (wanted: string, typing: boolean): void => {
    const trimmed = wanted.trim();
    const isQuery = parse(trimmed, fields).ok;
    setState((before) => ({ ...before, text: wanted, settled: wanted, typing: typing && isQuery, ...(isQuery && { sent: trimmed }) }));
    if (isQuery && trimmed !== asked) onAsk(trimmed, typing && state.typing);
  };
  const whenPaused = useEffectEvent(() => ask(text, true));
  const waits = !isChoosing(text) && text !== settled;
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setTimeout(() => whenPaused(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [waits, text]);

  return {
    text,
    parsed: parse(text, fields),
    isSettled: text === settled,
    type: (typed) => setState((before) => ({ ...before, text: typed })),
    ask: (wanted) => ask(wanted, false),
  };
}
