import { useDisclosure } from '@mantine/hooks';
import { useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { MobileBar } from './MobileBar.tsx';
import { useLater } from '../shell/useLater.ts';

const load = () => import('./NavigationDrawer.tsx');

/** On a narrow screen: a bar on top, and the navigation behind its button. */
export function MobileNavigation() {
  const [opened, { open, close }] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const Drawer = useLater(load, opened, close);

  useEffect(close, [path, close]);

  return (
    <>
      <MobileBar opened={opened} onOpen={open} />
      {Drawer && <Drawer opened={opened} onClose={close} />}
    </>
  );
}
