import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Sheet.module.css';

export interface SheetProps {
  title: string;
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** What comes up from below on a narrow screen, within reach of a thumb. */
export function Sheet({ title, opened, onClose, children }: SheetProps) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="bottom"
      size="auto"
      title={title}
      transitionProps={{ duration: 120 }}
      classNames={{ content: classes.content }}
    >
      {children}
    </Drawer>
  );
}
