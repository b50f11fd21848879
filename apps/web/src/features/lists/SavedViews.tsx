import { useQuery } from '@apollo/client/react';
import { Button, Menu, Skeleton } from '@mantine/core';
import { IconAdjustments, IconBookmarkPlus, IconBookmarks, IconCheck } from '@tabler/icons-react';
import { Delayed } from '@trainyard/ui';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../access/useActor.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { ManageViews } from './ManageViews.tsx';
import { SaveViewDialog } from './SaveViewDialog.tsx';
import { ViewNote } from './ViewNote.tsx';
import { SavedViewsDocument, type SavedViewPartsFragment } from './saved-views.generated.ts';
import { useViewRights, type ViewPlace } from './useViewRights.ts';
import classes from './SavedViews.module.css';

export interface SavedViewsProps {
  place: ViewPlace;
  /** The query that is asked for, and whether it is one. */
  asked: string;
  isQuery: boolean;
  onOpen: (query: string) => void;
  /** In a row of small things. */
  compact?: boolean;
}

/** Queries under a name: one's own, and those that are shared. */
export function SavedViews({ place, asked, isQuery, onOpen, compact }: SavedViewsProps) {
  const { t } = useTranslation('lists');
  const rights = useViewRights(place.project);
  const [dialog, setDialog] = useState<'SAVE' | 'MANAGE' | null>(null);
  const target = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setDialog(null);
    // the choice that led to the dialog is gone
    target.current?.focus();
  };
  return (
    <>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <Button
            ref={target}
            variant={compact ? 'subtle' : 'default'}
            {...(compact && { size: 'compact-sm', color: 'gray', my: 3, flex: 'none' })}
            leftSection={<IconBookmarks size={14} aria-hidden="true" />}
          >
            {t('view.views')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={classes.menu}>
          <Choices place={place} asked={asked} onOpen={onOpen} />
          {rights.keep && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconBookmarkPlus size={16} stroke={1.6} />} disabled={!isQuery} onClick={() => setDialog('SAVE')}>
                {t('view.save')}
                {!isQuery && <span className={classes.note}>{t('view.mendFirst')}</span>}
              </Menu.Item>
              <Menu.Item leftSection={<IconAdjustments size={16} stroke={1.6} />} onClick={() => setDialog('MANAGE')}>
                {t('view.manage')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <SaveViewDialog opened={dialog === 'SAVE'} place={place} query={asked} mayShare={rights.share} onClose={close} />
      <ManageViews opened={dialog === 'MANAGE'} place={place} query={isQuery ? asked : null} rights={rights} onClose={close} />
    </>
  );
}

/** Read whenever the menu opens: others share views meanwhile. */
function Choices({ place: { list, project }, asked, onOpen }: Pick<SavedViewsProps, 'place' | 'asked' | 'onOpen'>) {
  const { t } = useTranslation('lists');
  const { user } = useViewer();
  const { data, error, refetch } = useQuery(SavedViewsDocument, {
    variables: { list, projectId: project?.id ?? null },
    fetchPolicy: 'cache-and-network',
  });
  if (!data) {
    return error ? (
      <div className={classes.state}>
        <ErrorNotice error={error} onRetry={refetch} />
      </div>
    ) : (
      <Delayed>
        <Skeleton height={64} />
      </Delayed>
    );
  }
  const { savedViews } = data;
  if (savedViews.length === 0) return <p className={classes.state}>{t('view.none')}</p>;
  const isMine = ({ owner }: SavedViewPartsFragment): boolean => owner?.id === user.id;
  const choice = (view: SavedViewPartsFragment) => (
    <Menu.Item
      key={view.id}
      aria-current={view.query === asked || undefined}
      rightSection={view.query === asked ? <IconCheck size={16} stroke={1.6} aria-hidden="true" /> : undefined}
      onClick={() => onOpen(view.query)}
    >
      <span className={classes.name}>{view.name}</span>
      <ViewNote view={view} />
    </Menu.Item>
  );
  const mine = savedViews.filter(isMine);
  const others = savedViews.filter((view) => !isMine(view));
  return (
    <>
      {mine.length > 0 && <Menu.Label>{t('view.mine')}</Menu.Label>}
      {mine.map(choice)}
      {others.length > 0 && <Menu.Label>{t('view.shared')}</Menu.Label>}
      {others.map(choice)}
    </>
  );
}
