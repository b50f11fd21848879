import { pointsIn } from '@trainyard/domain';
import { useRef } from 'react';
import { PointsField } from '../../ticket/PointsField.tsx';
import type { TicketRowFragment } from '../../ticket/tickets.generated.ts';
import { useBacklogParts } from './backlog-context.ts';
import classes from './PointsCell.module.css';

/** The estimate of a row, written where it stands: Enter goes on to the row below, Esc leaves it as it is. */
export function PointsCell({ ticket: { id, key, points } }: { ticket: Pick<TicketRowFragment, 'id' | 'key' | 'points'> }) {
  const { mayWrite, estimating, setPoints, words } = useBacklogParts();
  const root = useRef<HTMLDivElement>(null);
  const isOpen = estimating.use() === id;
  if (!mayWrite) return points === null ? null : words.points(points);
  if (!isOpen) {
    return (
      <button
        type="button"
        className={classes.points}
        tabIndex={-1}
        aria-label={words.estimate(key)}
        title={words.estimateKey}
        onClick={() => estimating.set(id)}
      >
        {points === null ? '–' : words.points(points)}
      </button>
    );
  }
  const row = (): HTMLElement | null => root.current?.closest('tr') ?? null;
  // what is typed, not what is drawn: the field draws its refusal when the event is over
  const isRefused = (): boolean => pointsIn(root.current?.querySelector('input')?.value ?? '') === undefined;
  const toLink = (): void => row()?.querySelector<HTMLElement>('th a')?.focus();
  return (
    <div
      ref={root}
      className={classes.field}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          toLink();
          estimating.set(null);
        } else if (event.key === 'Enter') {
          // what is no estimate stays, with its reason
          if (isRefused()) return;
          const next = nextRow(row())?.dataset['row'];
          if (next === undefined) toLink();
          estimating.set(next ?? null);
        } else return;
        event.stopPropagation();
      }}
      onBlur={() => estimating.get() === id && !isRefused() && estimating.set(null)}
    >
      <PointsField autoFocus label={words.estimate(key)} value={points} onSave={(value) => setPoints(id, value)} />
    </div>
  );
}

function nextRow(row: HTMLElement | null): HTMLElement | null {
  for (let next = row?.nextElementSibling ?? null; next; next = next.nextElementSibling)
    if (next instanceof HTMLElement && next.dataset['row'] !== undefined) return next;
  return null;
}
