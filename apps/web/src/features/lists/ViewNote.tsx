import { IconAlertTriangle, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../access/useActor.ts';
import type { SavedViewPartsFragment } from './saved-views.generated.ts';
import classes from './ViewNote.module.css';

/** Who else sees it, whose it is, and whether the list still understands it. */
export function ViewNote({ view: { shared, owner, problem } }: { view: SavedViewPartsFragment }) {
  const { t } = useTranslation('lists');
  const { user } = useViewer();
  return (
    <>
      {shared && (
        <span className={classes.shared}>
          <IconUsers size={12} aria-hidden="true" />
          {owner && owner.id !== user.id ? t('view.sharedBy', { name: owner.name }) : t('view.isShared')}
        </span>
      )}
      {problem && (
        <span className={classes.broken}>
          <IconAlertTriangle size={12} aria-hidden="true" />
          {t('view.broken')}
        </span>
      )}
    </>
  );
}
