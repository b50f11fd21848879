import { useEffect, useRef, useState } from 'react';
import { useConnection } from '../../connection.ts';

/** How often the connection was lost and came back since mounting: a reason to load what may have been missed. */
export function useReconnects(): number {
  const connection = useConnection();
  const before = useRef(connection);
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (before.current === 'RECONNECTING' && connection === 'ONLINE') setCount((n) => n + 1);
    before.current = connection;
  }, [connection]);
  return count;
}
