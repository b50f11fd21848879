import { lazy, Suspense } from 'react';
import { useForgetQuestion } from './forget-drafts.ts';

const ForgetQuestion = lazy(() => import('./ForgetQuestion.tsx'));

/** The question to who signs out with words that are not sent, when it is asked. */
export function ForgetDrafts() {
  const answer = useForgetQuestion();
  return (
    answer && (
      <Suspense fallback={null}>
        <ForgetQuestion onAnswer={answer} />
      </Suspense>
    )
  );
}
