import { useEffect } from 'react';
import { useLater } from '../../shell/useLater.ts';
import { cancelPasswordQuestion, usePasswordQuestion } from './password-question.ts';

const loadDialog = () => import('./PasswordDialog.tsx');

/** The dialog for the password, when it is asked for. Who signs out meanwhile, or has no connection to get it, does not give it. */
export function AskForPassword() {
  const answer = usePasswordQuestion();
  const Dialog = useLater(loadDialog, answer !== null, cancelPasswordQuestion);
  useEffect(() => cancelPasswordQuestion, []);
  return Dialog && <Dialog onAnswer={answer} />;
}
