import { Button, Popover } from '@mantine/core';
import type { ReactNode } from 'react';

export interface ManyPartProps {
  icon: ReactNode;
  label: string;
  keys?: string | undefined;
  disabled: boolean;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  children: ReactNode;
}

/** A button of what can be done with many tickets, and what it opens. */
export function ManyPart({ icon, label, keys, disabled, isOpen, onOpen, children }: ManyPartProps) {
  return (
    <Popover opened={isOpen} onDismiss={() => onOpen(false)} position="top" width={248} trapFocus withinPortal>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={icon}
          disabled={disabled}
          aria-keyshortcuts={keys}
          title={keys === undefined ? label : `${label} (${keys})`}
          onClick={() => onOpen(!isOpen)}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={label} onKeyDown={(event) => event.key === 'Escape' && onOpen(false)}>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
