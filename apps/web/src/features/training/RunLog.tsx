import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { LogTail } from './log-tail.ts';
import classes from './RunLog.module.css';
import { useLogText } from './useLogText.ts';

/** Pixels from the end that still count as being there. */
const AT_END = 12;

/** The newest lines; follows them until the reader scrolls away, and again when back at the end. */
export function RunLog({ log }: { log: LogTail }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const logText = useLogText();
  const lines = useSyncExternalStore(log.subscribe, log.get);
  const scroller = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (following && element) element.scrollTop = element.scrollHeight;
  }, [lines, following]);

  const onScroll = (): void => {
    const element = scroller.current;
    if (element) setFollowing(element.scrollHeight - element.scrollTop - element.clientHeight <= AT_END);
  };
  return (
    <section className={classes.root} aria-label={t('log.title')}>
      <div className={classes.head}>
        <h2 className={classes.title}>{t('log.title')}</h2>
        {!following && (
          <Button size="compact-xs" variant="default" leftSection={<IconArrowDown size={14} aria-hidden="true" />} onClick={() => setFollowing(true)}>
            {t('log.follow')}
          </Button>
        )}
      </div>
      <div ref={scroller} className={classes.lines} onScroll={onScroll} role="log" aria-live="off" tabIndex={0} aria-label={t('log.title')}>
        {lines.length === 0 && <p className={classes.empty}>{t('log.empty')}</p>}
        {lines.map((line) => {
          const said = logText(line.params);
          return (
            <div key={`${line.claim}.${line.line}`} className={classes.line} data-stream={line.stream}>
              <time dateTime={line.at}>{format.time(line.at)}</time>
              {said === null ? <span lang="en">{line.text}</span> : <span>{said}</span>}
            </div>
          );
        })}
      </div>
    </section>
  );
}
