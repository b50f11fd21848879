import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { asFacts } from '../../../i18n/formats.ts';
import { describeError } from './describe-error.ts';

/**
 * Gives the sentence, in the reader's language, for anything that was thrown: `errors.<CODE>` or, where the error says
 * why, `errors.<CODE>_<reason>`.
 */
export function useErrorMessage(): (error: unknown) => string {
  const { t } = useTranslation('errors');
  return useCallback(
    (error: unknown) => {
      const { code, params } = describeError(error);
      const count = params.seconds ?? params.count;
      return t(code, { ...asFacts(params), ...(typeof params.reason === 'string' && { context: params.reason }), ...(typeof count === 'number' && { count }) });
    },
    [t],
  );
}
