import { Skeleton } from '@mantine/core';
import { Delayed } from '@trainyard/ui';
import { ErrorNotice } from './error/ErrorNotice.tsx';

export interface WaitingProps {
  /** What was answered instead; undefined: it is on its way. */
  error: unknown;
  onRetry: () => unknown;
  /** About as high as what comes, in pixels: nothing jumps then. */
  height: number;
}

/** Stands where the answer of the server comes: it is awaited, or could not be had. */
export function Waiting({ error, onRetry, height }: WaitingProps) {
  const waits = (
    <Delayed>
      <Skeleton height={height} />
    </Delayed>
  );
  return error ? <ErrorNotice error={error} onRetry={onRetry} meanwhile={waits} /> : waits;
}
