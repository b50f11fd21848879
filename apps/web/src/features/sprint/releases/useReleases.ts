import { useApolloClient } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { offerUndo } from '../../shell/offer-undo.tsx';
import { useToast } from '../../shell/useToast.ts';
import { DeleteReleaseDocument, RestoreReleaseDocument, UpdateReleaseDocument, type ReleaseHeadFragment } from '../sprints.generated.ts';
import { TimelineDocument } from '../timeline/timeline.generated.ts';

const TOAST = 'release';

/** Says what was done with a release, and takes it back from what it became: what somebody changed since is refused. */
export function useReleases(): {
  remove: (release: ReleaseHeadFragment) => void;
  done: (release: ReleaseHeadFragment, before: ReleaseHeadFragment | null) => void;
} {
  const client = useApolloClient();
  const { t } = useTranslation('sprint');
  const toast = useToast();
  const again = { refetchQueries: [TimelineDocument] };
  const tried = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      toast.failed(error);
      return false;
    }
  };
  const deleted = ({ id, version }: ReleaseHeadFragment): Promise<unknown> =>
    client.mutate({ mutation: DeleteReleaseDocument, variables: { id, version }, ...again });
  return {
    remove: (release) =>
      void tried(() => deleted(release)).then((isDone) => {
        if (!isDone) return;
        offerUndo(TOAST, t('releases.deleted', { name: release.name }), () =>
          tried(() => client.mutate({ mutation: RestoreReleaseDocument, variables: { id: release.id }, ...again })),
        );
      }),
    done: (release, before) => {
      if (!before) return offerUndo(TOAST, t('releases.made', { name: release.name }), () => tried(() => deleted(release)));
      if (before.version === release.version) return;
      const { name, plannedOn, releasedOn, description } = before;
      offerUndo(TOAST, t('releases.changed', { name: release.name }), () =>
        tried(() =>
          client.mutate({
            mutation: UpdateReleaseDocument,
            variables: { id: release.id, version: release.version, input: { name, plannedOn, releasedOn, description } },
            ...again,
          }),
        ),
      );
    },
  };
}
