import { useMutation } from '@apollo/client/react';
import { useRouter } from '@tanstack/react-router';
import { useToast } from '../shell/useToast.ts';
import { SignOutDocument, SignOutEverywhereDocument } from './session.generated.ts';

/** Ends this session, or all of them; what was read with it is forgotten. */
export function useSignOut(): { signOut: () => Promise<void>; signOutEverywhere: () => Promise<void>; pending: boolean } {
  const router = useRouter();
  const { failed } = useToast();
  const [here, hereState] = useMutation(SignOutDocument, { errorPolicy: 'all', onError: failed });
  const [everywhere, everywhereState] = useMutation(SignOutEverywhereDocument, { errorPolicy: 'all', onError: failed });

  const leave = async (): Promise<void> => {
    const { client, reopenSocket } = router.options.context;
    reopenSocket();
    await router.navigate({ to: '/sign-in' });
    await client.clearStore();
  };

  return {
    signOut: async () => {
      if ((await here()).data) await leave();
    },
    signOutEverywhere: async () => {
      if ((await everywhere()).data) await leave();
    },
    pending: hereState.loading || everywhereState.loading,
  };
}
