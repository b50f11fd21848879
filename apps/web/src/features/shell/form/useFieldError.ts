import { PASSWORD_MIN } from '@trainyard/domain';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldProblem } from './rules.ts';

/** The sentence under a field, from the problem that its rule names. */
export function useFieldError(): (error: { message?: string } | undefined) => string | undefined {
  const { t } = useTranslation('shell');
  return useCallback((error) => (error?.message ? t(`form.${error.message as FieldProblem}`, { min: PASSWORD_MIN }) : undefined), [t]);
}
