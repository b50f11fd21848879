import { useFormat } from '../../i18n/useFormat.ts';
import { useNow } from './useNow.ts';

const EVERY_MS = 30_000;

/** When something was, as people say it; exactly where one points at it. */
export function Moment({ at, className }: { at: string; className?: string | undefined }) {
  const format = useFormat();
  const now = useNow(EVERY_MS);
  return (
    <time dateTime={at} title={format.dateTime(at)} className={className}>
      {format.relative(at, now)}
    </time>
  );
}
