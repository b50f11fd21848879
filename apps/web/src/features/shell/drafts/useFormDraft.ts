import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { FieldPath, FieldValues, PathValue, UseFormReturn } from 'react-hook-form';
import { sameWords, type Words } from './draft-store.ts';
import { drafts } from './drafts.ts';
import { useDiscard } from './useDiscard.ts';

type Fields = Exclude<Words, string>;

export interface FormDraft<Values extends FieldValues> {
  /** When what the form was opened with was written; null: nothing was left of before. */
  keptAt: number | null;
  /** Fields that were changed here, and by somebody else to this since. */
  theirs: Partial<Values>;
  /** Fills a field with what the form proposes by itself: what nobody wrote is no draft. */
  suggest: <Field extends FieldPath<Values>>(field: Field, value: PathValue<Values, Field>) => void;
  /** Puts the form back to how it begins; that can be taken back. */
  discard: () => void;
  /** The form has been sent. */
  sent: () => void;
}

export interface FormDraftOptions<Values> {
  /** Fields that are kept nowhere: passwords, and rights that are to be chosen anew. */
  never?: readonly (keyof Values & string)[];
  /** Fields that are kept beside others and make no draft alone: one click makes their choice again. */
  beside?: readonly (keyof Values & string)[];
  /** What the form changes, as it is now: fields that are not being changed here follow it. */
  following?: Values;
}

/**
 * Keeps what is written in a form until it is sent, whatever closes it; the form opens again with it, and shows what is written in
 * it in another tab. A key of null keeps nothing.
 */
export function useFormDraft<Values extends FieldValues>(
  key: string | null,
  form: Pick<UseFormReturn<Values>, 'subscribe' | 'setValue' | 'getValues' | 'reset' | 'resetField' | 'formState'>,
  { never = [], beside = [], following }: FormDraftOptions<Values> = {},
): FormDraft<Values> {
  const { subscribe, setValue, getValues, reset, resetField } = form;
  const discardDraft = useDiscard();
  const [first] = useState(() => (key === null ? null : drafts.get(key)));
  const [keptAt, setKeptAt] = useState(first?.at ?? null);
  /** What stood in each changed field when its change began. */
  const [base, setBase] = useState<Fields>(() => fieldsOf(first?.base?.words));
  const lastSent = useRef<Fields | null>(null);
  const filling = useRef(false);

  const isKept = (field: string, value: unknown): boolean => !(never as readonly string[]).includes(field) && isWord(value);
  /** Puts words of the draft into the form: what is half filled meanwhile is no draft. */
  const fill = (words: Fields): void => {
    filling.current = true;
    for (const [field, value] of Object.entries(words)) {
      if (isKept(field, value)) setValue(field as FieldPath<Values>, value as PathValue<Values, FieldPath<Values>>, { shouldDirty: true });
    }
    filling.current = false;
    setBase(fieldsOf(key === null ? undefined : drafts.get(key)?.base?.words));
  };
  const changedOf = (values: Fields, defaults: Fields): Fields =>
    Object.fromEntries(Object.entries(values).filter(([field, value]) => isKept(field, value) && value !== defaults[field]));
  const begin = useEffectEvent(() => fill(fieldsOf(first?.words)));
  const follow = useEffectEvent((values: Fields, defaults: Fields) => {
    if (key === null || filling.current) return;
    const changed = changedOf(values, defaults);
    // the form tells its state once more when it has been sent
    if (lastSent.current !== null && sameWords(changed, lastSent.current)) return;
    lastSent.current = null;
    if (Object.keys(changed).every((field) => (beside as readonly string[]).includes(field))) {
      drafts.end(key);
      return setBase({});
    }
    const known = drafts.get(key);
    if (sameWords(changed, known?.words ?? {})) return;
    const before = { ...fieldsOf(known?.base?.words) };
    const words: Fields = Object.fromEntries(
      Object.keys(changed).map((field) => [field, field in before ? (before[field] ?? null) : (defaults[field] ?? null)]),
    );
    drafts.write(key, changed, { version: 0, words });
    setBase((now) => (sameWords(now, words) ? now : words));
  });
  const mirror = useEffectEvent((followed: string) => {
    if (followed !== key) return;
    const words = fieldsOf(drafts.get(key)?.words);
    const defaults = flat(form.formState.defaultValues ?? {});
    const withdrawn = Object.keys(changedOf(flat(getValues()), defaults)).filter((field) => !(field in words));
    fill({ ...Object.fromEntries(withdrawn.map((field) => [field, defaults[field] ?? null])), ...words });
  });
  const catchUp = useEffectEvent(() => following && reset(following, { keepDirtyValues: true }));
  const saved = following && JSON.stringify(following);
  useEffect(() => {
    begin();
    return subscribe({ formState: { values: true }, callback: ({ values, defaultValues }) => follow(flat(values), flat(defaultValues ?? {})) });
  }, [subscribe]);
  useEffect(() => drafts.onFollowed((followed) => mirror(followed)), []);
  useEffect(() => void catchUp(), [saved]);

  const theirs = following
    ? Object.keys(base).filter((field) => base[field] !== following[field] && getValues(field as FieldPath<Values>) !== following[field])
    : [];
  const suggest = useCallback(
    <Field extends FieldPath<Values>>(field: Field, value: PathValue<Values, Field>): void => {
      // the form tells of the value before it knows that it begins with it now
      filling.current = true;
      resetField(field, { defaultValue: value });
      filling.current = false;
    },
    [resetField],
  );
  return {
    keptAt,
    suggest,
    theirs: Object.fromEntries(theirs.map((field) => [field, following?.[field]])) as Partial<Values>,
    discard: () => {
      if (key === null) return;
      discardDraft(key, () => fill(fieldsOf(drafts.get(key)?.words)));
      setKeptAt(null);
      reset(following);
    },
    sent: () => {
      if (key === null) return;
      lastSent.current = fieldsOf(drafts.get(key)?.words);
      drafts.end(key);
      setKeptAt(null);
      setBase({});
    },
  };
}

const isWord = (value: unknown): value is Fields[string] => value === null || ['string', 'number', 'boolean'].includes(typeof value);
/** Fields within fields by their path, as `paths.LABELS`. Lists and files are left out. */
function flat(values: object, path = ''): Fields {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]: [string, unknown]) =>
      isWord(value) ? [[path + name, value]] : isGroup(value) ? Object.entries(flat(value, `${path}${name}.`)) : [],
    ),
  );
}
const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
const fieldsOf = (words: Words | undefined): Fields => (typeof words === 'object' ? words : {});
