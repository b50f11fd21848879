import { useRouterState } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef } from 'react';
import { commentAnchor } from './TicketComment.tsx';

interface Comments {
  nodes: readonly { id: string }[];
  pageInfo: { hasNextPage: boolean };
}

/** An address that ends with `#comment-…` leads to that comment, however far down it is. @param show what is to be done before comments are seen */
export function useCommentAddress(comments: Comments | undefined, more: () => Promise<unknown>, show: (() => void) | null): void {
  const wanted = useRouterState({ select: ({ location }) => location.hash });
  const found = useRef('');
  const go = useEffectEvent(() => {
    if (!comments || found.current === wanted || !wanted.startsWith(commentAnchor(''))) return;
    if (comments.nodes.some(({ id }) => commentAnchor(id) === wanted)) {
      if (show) return show();
      found.current = wanted;
      const element = document.getElementById(wanted);
      element?.scrollIntoView({ block: 'center' });
    } else if (comments.pageInfo.hasNextPage) void more().catch(() => undefined);
  });
  const isHidden = show !== null;
  useEffect(() => go(), [comments, wanted, isHidden]);
}
