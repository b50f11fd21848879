import { useEffect, useState } from 'react';
import { describeError } from '../shell/error/describe-error.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';

/** A refused password; where there were too many, it counts the seconds down and then goes away. */
export function PasswordRefusal({ error }: { error: unknown }) {
  const { code, params } = describeError(error);
  const wait = error && code === 'SIGN_IN_THROTTLED' ? Number(params.seconds) : null;
  const [left, setLeft] = useState(wait);

  useEffect(() => {
    setLeft(wait);
    if (wait === null) return;
    const until = performance.now() + wait * 1000;
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1000))), 250);
    return () => clearInterval(timer);
  }, [error, wait]);

  if (!error || left === 0) return null;
  return <ErrorNotice error={left === null ? error : { code, params: { ...params, seconds: left } }} />;
}
