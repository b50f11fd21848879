import { useMutation } from '@apollo/client/react';
import { can } from '@trainyard/domain';
import { useActor } from '../access/useActor.ts';
import { useToast } from '../shell/useToast.ts';
import type { UpdateUserInput } from '../../schema.generated.ts';
import { UpdateUserDocument, type PersonRowFragment } from './people.generated.ts';

export interface ChangePerson {
  /** Whether the viewer may change this account. */
  may: boolean;
  mayOwner: boolean;
  change: (input: UpdateUserInput) => Promise<unknown>;
  loading: boolean;
}

/** Changes an account; what is refused is told. Only an owner touches an owner. */
export function useChangePerson({ id, version, orgRole }: PersonRowFragment): ChangePerson {
  const actor = useActor();
  const toast = useToast();
  const [update, { loading }] = useMutation(UpdateUserDocument, { errorPolicy: 'all', onError: toast.failed });
  const mayOwner = can(actor, 'owner.manage');
  return {
    may: can(actor, 'user.manage') && (orgRole !== 'OWNER' || mayOwner),
    mayOwner,
    change: (input) => update({ variables: { id, version, input } }),
    loading,
  };
}
