import type { ComponentProps } from 'react';

export interface ScreenAnchorProps extends ComponentProps<'button'> {
  /** The rectangle something opens at: of an element that may be gone by then. */
  at: DOMRect;
}

/** An unseen stand-in for the element a menu or a field opens at. */
export function ScreenAnchor({ at, style, ...rest }: ScreenAnchorProps) {
  const place = { position: 'fixed', insetInlineStart: at.left, insetBlockStart: at.top, inlineSize: at.width, blockSize: at.height } as const;
  return <button {...rest} type="button" tabIndex={-1} style={{ ...style, ...place, padding: 0, border: 0, opacity: 0, pointerEvents: 'none' }} />;
}
