import { UnstyledButton } from '@mantine/core';
import { useCallback, useRef, useState, type ComponentType, type ReactNode } from 'react';
import { useLater } from '../shell/useLater.ts';

export interface MenuProps {
  /** Where on the screen it opens. */
  at: DOMRect;
  onClose: () => void;
}

export interface MenuButtonProps {
  /** Fetches the menu, when it is wanted. */
  load: () => Promise<{ default: ComponentType<MenuProps> }>;
  className: string | undefined;
  /** Its name, where what it shows is not. */
  label?: string;
  children: ReactNode;
}

/** Opens a menu whose code comes with the first press; the focus comes back to it. */
export function MenuButton({ load, className, label, children }: MenuButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<DOMRect | null>(null);
  const close = useCallback(() => {
    setAt(null);
    button.current?.focus();
  }, []);
  const Menu = useLater(load, at !== null, close);
  return (
    <>
      <UnstyledButton
        ref={button}
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={(event) => setAt(event.currentTarget.getBoundingClientRect())}
      >
        {children}
      </UnstyledButton>
      {Menu && at && <Menu at={at} onClose={close} />}
    </>
  );
}
