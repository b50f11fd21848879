import { useMutation } from '@apollo/client/react';
import { can } from '@trainyard/domain';
import { IconArchive } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { RestoreBoardDocument } from '../project/project-state.generated.ts';
import { ProjectStateNotice } from '../project/ProjectStateNotice.tsx';
import { StateNotice } from '../shell/StateNotice.tsx';
import { useToast } from '../shell/useToast.ts';
import classes from './Board.module.css';
import type { BoardFrameFragment } from './board.generated.ts';

/** Says over an open board why nothing can be changed on it, with the way back for those who may. */
export function BoardNotice({ frame }: { frame: BoardFrameFragment }) {
  const { t } = useTranslation('shell');
  const actor = useActor();
  const toast = useToast();
  const { id, version, project, archived } = frame;
  const [restore, { loading }] = useMutation(RestoreBoardDocument, { errorPolicy: 'all', onError: toast.failed, refetchQueries: 'active' });
  if (project.state === 'ACTIVE' && !archived) return null;
  return (
    <div className={classes.stateNotice}>
      {project.state === 'ACTIVE' ? (
        <StateNotice
          icon={IconArchive}
          text={t('projectState.boardArchived')}
          pending={loading}
          onRestore={can(actor, 'board.manage', scopeOf(project)) ? () => void restore({ variables: { id, version } }) : undefined}
        />
      ) : (
        <ProjectStateNotice project={project} />
      )}
    </div>
  );
}
