import { FAILURE_REASONS } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { asFacts } from '../../i18n/formats.ts';
import { DATASET_PROBLEMS } from '../dataset/DatasetFacts.tsx';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';

export interface FailureText {
  /** The reason as one sentence in the reader's language; null where only the machine's message tells it. */
  reason: string | null;
  /** What to do about it, where that depends on the reason. */
  remedy: string | null;
  /** What is wrong with the data, and where. */
  dataFacts: Readonly<Record<string, unknown>> | null;
}

/** Puts a failure's facts into the reader's language. */
export function useFailureText(): (params: unknown) => FailureText {
  const { t } = useTranslation(['training', 'dataset']);
  const describe = useErrorMessage();
  return (params) => {
    const facts: Record<string, unknown> = { ...(params as object | null) };
    const { problem } = facts;
    const known = DATASET_PROBLEMS.find((one) => one === problem);
    if (known) return { reason: t(`dataset:problem.${known}.what`), remedy: t(`dataset:problem.${known}.do`), dataFacts: facts };
    if (typeof problem === 'string') return { reason: describe({ code: problem, params: facts }), remedy: null, dataFacts: null };
    const reason = FAILURE_REASONS.find((one) => one === facts.reason);
    return { reason: reason ? t(`training:failureReason.${reason}`, asFacts(facts)) : null, remedy: null, dataFacts: null };
  };
}
