import { useMutation } from '@apollo/client/react';
import { useRouter } from '@tanstack/react-router';
import { drafts } from '../shell/drafts/drafts.ts';
import { mayForgetDrafts } from '../shell/drafts/forget-drafts.ts';
import { forgetFrame } from '../shell/known-frame.ts';
import { useToast } from '../shell/useToast.ts';
import { SignOutDocument, SignOutEverywhereDocument } from './session.generated.ts';

/** Ends this session, or all of them; what was read with it, or written and not sent, is forgotten. */
export function useSignOut(): { signOut: () => Promise<void>; signOutEverywhere: () => Promise<void>; pending: boolean } {
  const router = useRouter();
  const { failed } = useToast();
  const [here, hereState] = useMutation(SignOutDocument, { errorPolicy: 'all', onError: failed });
  const [everywhere, everywhereState] = useMutation(SignOutEverywhereDocument, { errorPolicy: 'all', onError: failed });

  const leave = async (): Promise<void> => {
    const { client, reopenSocket } = router.options.context;
    drafts.forget();
    forgetFrame();
    reopenSocket();
    await router.navigate({ to: '/sign-in' });
    await client.clearStore();
  };

  return {
    signOut: async () => {
      if ((await mayForgetDrafts()) && (await here()).data) await leave();
    },
    signOutEverywhere: async () => {
      if ((await mayForgetDrafts()) && (await everywhere()).data) await leave();
    },
    pending: hereState.loading || everywhereState.loading,
  };
}
