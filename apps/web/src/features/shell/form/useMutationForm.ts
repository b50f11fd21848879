import type { DocumentNode, OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useApolloClient, useMutation } from '@apollo/client/react';
import { zodResolver } from '@hookform/resolvers/zod';
import type { ErrorCode } from '@trainyard/domain';
import { useRef, type FormEvent } from 'react';
import {
  useForm,
  type DefaultValues,
  type FieldPath,
  type FieldValues,
  type RegisterOptions,
  type Resolver,
  type UseFormRegisterReturn,
  type UseFormReturn,
} from 'react-hook-form';
import type * as z from 'zod/mini';
import { useFormDraft, type FormDraft, type FormDraftOptions } from '../drafts/useFormDraft.ts';
import { useTheirs } from '../drafts/useTheirs.ts';
import { describeError } from '../error/describe-error.ts';
import type { ErrorNoticeProps } from '../error/ErrorNotice.tsx';
import { useErrorMessage } from '../error/useErrorMessage.ts';
import { useToast } from '../useToast.ts';
import { useToldWhenGone } from '../useToldWhenGone.ts';
import { useFieldError } from './useFieldError.ts';

export interface MutationFormOptions<Data, Variables extends OperationVariables, Values extends FieldValues> extends Pick<
  useMutation.Options<Data, Variables>,
  'refetchQueries' | 'update'
> {
  schema: z.core.$ZodType<Values, Values>;
  /** What it begins with. */
  values: NoInfer<Values>;
  /** Of a form that changes a thing: what reads the thing again. Fields that are not being changed here follow `values`. */
  changes?: DocumentNode;
  variables: (values: NoInfer<Values>) => NoInfer<Variables>;
  /** Sent and accepted; what it answers is part of the sending. */
  onDone: (data: NoInfer<Data>, values: NoInfer<Values>) => unknown;
  /** Where what is written is kept until it is sent; absent: nowhere. */
  draft?: string | null;
  drafts?: Omit<FormDraftOptions<NoInfer<Values>>, 'following'>;
  /** Refusals that speak of one field, with words of their own where theirs do not fit it; and fields that the server calls otherwise. */
  at?: Partial<Record<ErrorCode | (string & {}), FieldPath<NoInfer<Values>> | { field: FieldPath<NoInfer<Values>>; words: string }>>;
}

export interface MutationForm<Values extends FieldValues, Data = unknown> extends UseFormReturn<Values> {
  draft: FormDraft<Values>;
  theirs: ReturnType<typeof useTheirs<Values>>;
  /** For an input: its value, and what is wrong with it. */
  field: <Field extends FieldPath<Values>>(
    name: Field,
    options?: RegisterOptions<Values, Field>,
  ) => UseFormRegisterReturn<Field> & { error: string | undefined };
  /** What is wrong with a field, by our rules or by the server's. */
  errorOf: (name: FieldPath<Values>) => string | undefined;
  /** The same by the server's rules alone: of a field whose own rules have other words. */
  refusalOf: (name: FieldPath<Values>) => string | undefined;
  /** Being sent. */
  pending: boolean;
  /** What the server answered, once it accepted. */
  data: Data | null | undefined;
  onSubmit: (event: FormEvent) => void;
  /** What went wrong and is not said under a field. */
  notice: Pick<ErrorNoticeProps, 'error' | 'onStale'>;
}

const SERVER = 'server';

/**
 * A form that sends one mutation: checked by the server's own rules, sent once however often it is pressed, kept as a draft until it is
 * accepted. A refusal that speaks of a field is said under that field, which takes the focus; any other goes into the notice.
 */
export function useMutationForm<Data, Variables extends OperationVariables, Values extends FieldValues>(
  mutation: TypedDocumentNode<Data, Variables>,
  { schema, values, changes, variables, onDone, draft: key = null, drafts, at = {}, ...options }: MutationFormOptions<Data, Variables, Values>,
): MutationForm<Values, Data> {
  const client = useApolloClient();
  const toast = useToast();
  const fieldError = useFieldError();
  const words = useErrorMessage();
  const [mutate, { error, loading, data, reset: forget }] = useMutation(mutation, { ...options, errorPolicy: 'all', ...useToldWhenGone() });
  const form = useForm<Values>({ resolver: zodResolver(schema) as Resolver<Values>, defaultValues: values as DefaultValues<Values> });
  const draft = useFormDraft(key, form, { ...drafts, ...(changes && { following: values }) });
  const theirs = useTheirs(draft);
  const sending = useRef(false);

  const placeOf = (refusal: unknown): { field: FieldPath<Values>; words: string } | null => {
    const { code, params } = describeError(refusal);
    const name = code === 'BAD_INPUT' ? params.field : code;
    if (typeof name !== 'string') return null;
    const place = at[name] ?? (name in values ? (name as FieldPath<Values>) : null);
    return typeof place === 'string' ? { field: place, words: words(refusal) } : place;
  };
  const send = form.handleSubmit(async (input) => {
    const { data: answer, error: refusal } = await mutate({ variables: variables(input) });
    if (answer) {
      draft.sent();
      await onDone(answer as Data, input);
      return;
    }
    const place = placeOf(refusal);
    if (place) form.setError(place.field, { type: SERVER, message: place.words }, { shouldFocus: true });
  });
  const wrongIn = (name: FieldPath<Values>) => form.getFieldState(name, form.formState).error;
  const refusalOf = (name: FieldPath<Values>): string | undefined => {
    const wrong = wrongIn(name);
    return wrong?.type === SERVER ? wrong.message : undefined;
  };
  const errorOf = (name: FieldPath<Values>): string | undefined => refusalOf(name) ?? fieldError(wrongIn(name));
  return {
    ...form,
    draft,
    theirs,
    field: (name, rules) => ({ ...form.register(name, rules), error: errorOf(name) }),
    errorOf,
    refusalOf,
    pending: loading || form.formState.isSubmitting,
    data: data as Data | null | undefined,
    onSubmit: (event) => {
      event.preventDefault();
      if (sending.current) return;
      sending.current = true;
      void send(event).finally(() => (sending.current = false));
    },
    notice: {
      error: error && placeOf(error) ? undefined : error,
      ...(changes && {
        // somebody else was faster: theirs is read, and shown under what was written here
        onStale: () => client.refetchQueries({ include: [changes] }).then(forget, toast.failed),
      }),
    },
  };
}
