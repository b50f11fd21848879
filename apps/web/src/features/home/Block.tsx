import { ActionIcon } from '@mantine/core';
import { IconArrowUp, IconChevronRight } from '@tabler/icons-react';
import type { HomeBlock } from '@trainyard/domain';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Block.module.css';
import { PlaceContext } from '../activity/work-news.ts';

interface BlockProps {
  block: HomeBlock;
  folded: boolean;
  onFold: (folded: boolean) => void;
  /** Puts it before the one above; none: it is the first. */
  onRaise?: () => void;
  wide: boolean;
  children: ReactNode;
}

/** A part of home. What it shows is asked for while it is unfolded, and not before. */
export function Block({ block, folded, onFold, onRaise, wide, children }: BlockProps) {
  const { t } = useTranslation('home');
  const place = useRef<HTMLElement>(null);
  const title = t(`block.${block}`);
  const id = `home-${block.toLowerCase()}`;
  return (
    <section ref={place} className={classes.block} data-folded={folded || undefined} data-wide={wide || undefined} aria-labelledby={id} data-block={block}>
      <div className={classes.head}>
        <h2 className={classes.title} id={id}>
          <button type="button" aria-expanded={!folded} className={classes.toggle} onClick={() => onFold(!folded)}>
            <IconChevronRight size={14} aria-hidden="true" className={classes.arrow} />
            {title}
          </button>
        </h2>
        {onRaise && (
          <ActionIcon
            variant="subtle"
            color="gray"
            className={classes.raise}
            aria-label={t('raise', { title })}
            title={t('raise', { title })}
            onClick={onRaise}
          >
            <IconArrowUp size={14} aria-hidden="true" />
          </ActionIcon>
        )}
      </div>
      {!folded && (
        <div className={classes.body}>
          <PlaceContext value={place}>{children}</PlaceContext>
        </div>
      )}
    </section>
  );
}
