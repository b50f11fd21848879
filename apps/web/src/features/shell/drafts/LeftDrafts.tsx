import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { textOf } from './draft-store.ts';
import { useDraft, useDraftKeys } from './drafts.ts';
import classes from './LeftDrafts.module.css';
import { useDiscard } from './useDiscard.ts';

/** Words whose place is gone (the ticket was deleted, the right to write withdrawn): they can still be read and copied. */
export function LeftDrafts({ begin, except = () => false }: { begin: string; except?: (key: string) => boolean }) {
  const { t } = useTranslation('shell');
  const keys = useDraftKeys(begin).filter((key) => !except(key));
  if (keys.length === 0) return null;
  return (
    <section className={classes.left} aria-label={t('draft.left')}>
      <h3 className={classes.title}>{t('draft.left')}</h3>
      {keys.map((key) => (
        <LeftDraft key={key} draftKey={key} />
      ))}
    </section>
  );
}

function LeftDraft({ draftKey }: { draftKey: string }) {
  const { t } = useTranslation('shell');
  const { draft } = useDraft(draftKey);
  const discard = useDiscard();
  const clipboard = useClipboard({ timeout: 1_500 });
  if (!draft) return null;
  const text = textOf(draft);
  return (
    <>
      <pre className={classes.words}>{text}</pre>
      <div className={classes.actions}>
        <Button size="compact-sm" variant="default" onClick={() => clipboard.copy(text)}>
          <span aria-live="polite">{clipboard.copied ? t('draft.copied') : t('draft.copy')}</span>
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => discard(draftKey)}>
          {t('draft.discard')}
        </Button>
      </div>
    </>
  );
}
