import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconArrowDown, IconChevronsUp } from '@tabler/icons-react';
import { useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import type { LogLine, LogTail } from './log-tail.ts';
import classes from './RunLog.module.css';
import { logPieces, type LoggedAttempt, type LogPiece } from './run-log-lines.ts';
import { RunLogsDocument } from './runs.generated.ts';
import { useLogText } from './useLogText.ts';

/** Pixels from the end that still count as being there. */
const AT_END = 12;
/** Lines of each attempt that are read at first, and where somebody looks further back. */
const LINES = 500;
const ALL_LINES = 2_000;

export interface RunLogProps {
  runId: string;
  /** Oldest first. */
  attempts: readonly LoggedAttempt[];
  /** The one whose lines come as they are written. */
  newest: string | null;
  log: LogTail;
}

/** What all attempts wrote, in one; follows the end until the reader scrolls away, and again when back there. */
export function RunLog({ runId, attempts, newest, log }: RunLogProps) {
  const { t } = useTranslation('training');
  const tail = useSyncExternalStore(log.subscribe, log.get);
  const [lines, setLines] = useState(LINES);
  const { data, error, refetch, loading } = useQuery(RunLogsDocument, { variables: { id: runId, lines }, skip: attempts.length < 2 && lines === LINES });
  const scroller = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);

  const stored = data?.run?.attempts;
  const pieces = useMemo(() => {
    const linesOf = (id: string): readonly LogLine[] => {
      const known = stored?.find((attempt) => attempt.id === id)?.log ?? [];
      return id === newest ? joined(known, tail) : known;
    };
    return logPieces(attempts, linesOf);
  }, [attempts, newest, stored, tail]);
  const mayBeMore = lines === LINES && (tail.length >= LINES || (stored ?? []).some((attempt) => attempt.log.length >= LINES));

  useLayoutEffect(() => {
    const element = scroller.current;
    if (following && element) element.scrollTop = element.scrollHeight;
  }, [pieces, following]);

  const onScroll = (): void => {
    const element = scroller.current;
    if (element) setFollowing(element.scrollHeight - element.scrollTop - element.clientHeight <= AT_END);
  };
  return (
    <section className={classes.root} aria-label={t('log.title')}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('log.title')}</h2>
        {mayBeMore && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            loading={loading}
            leftSection={<IconChevronsUp size={14} aria-hidden="true" />}
            onClick={() => setLines(ALL_LINES)}
          >
            {t('log.earlier')}
          </Button>
        )}
        {!following && (
          <Button size="compact-xs" variant="default" leftSection={<IconArrowDown size={14} aria-hidden="true" />} onClick={() => setFollowing(true)}>
            {t('log.follow')}
          </Button>
        )}
      </div>
      <ErrorNotice error={error} onRetry={refetch} />
      <div ref={scroller} className={classes.lines} onScroll={onScroll} role="log" aria-live="off" tabIndex={0} aria-label={t('log.title')}>
        {pieces.length === 0 && <p className={classes.empty}>{t('log.empty')}</p>}
        {pieces.map((piece) => (piece.is === 'DIVIDER' ? <Divider key={piece.key} piece={piece} /> : <Line key={piece.key} line={piece.line} />))}
      </div>
    </section>
  );
}

/** What was read of an attempt before, and what has come since: each line once. */
function joined(stored: readonly LogLine[], tail: readonly LogLine[]): readonly LogLine[] {
  const [first] = tail;
  if (!first) return stored;
  const isBefore = (line: LogLine): boolean => line.claim < first.claim || (line.claim === first.claim && line.line < first.line);
  return [...stored.filter(isBefore), ...tail];
}

function Line({ line }: { line: LogLine }) {
  const format = useFormat();
  const said = useLogText()(line.params);
  return (
    <div className={classes.line} data-stream={line.stream}>
      <time dateTime={line.at}>{format.time(line.at)}</time>
      {said === null ? <span lang="en">{line.text}</span> : <span>{said}</span>}
    </div>
  );
}

function Divider({ piece: { attempt, claim, runnerName, resumedFrom } }: { piece: Extract<LogPiece, { is: 'DIVIDER' }> }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const from = resumedFrom === null ? null : resumedFrom === 0 ? t('log.restarted') : t('log.resumed', { step: format.number(resumedFrom) });
  return (
    <p className={classes.divider}>
      {[claim === null ? t('log.attempt', { number: attempt }) : t('log.claim', { claim }), runnerName, from].filter(Boolean).join(' · ')}
    </p>
  );
}
