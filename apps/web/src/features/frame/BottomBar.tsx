import { useDisclosure } from '@mantine/hooks';
import { IconLayoutKanban, IconPlayerPlay, IconSearch, IconHome, IconUserCircle, type Icon } from '@tabler/icons-react';
import { Link, useRouterState, type LinkProps } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { openPalette } from '../shell/palette-state.ts';
import { useLater } from '../shell/useLater.ts';
import classes from './BottomBar.module.css';

const load = () => import('./NavigationDrawer.tsx');

/** On a phone: the places that a thumb reaches; all others are behind the last one. */
export function BottomBar() {
  const { t } = useTranslation('shell');
  const [opened, { open, close }] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const Drawer = useLater(load, opened, close);
  useEffect(close, [path, close]);
  return (
    <>
      <nav className={classes.bar} aria-label={t('nav.label')}>
        <BarLink to="/" icon={IconHome} label={t('nav.home')} exact />
        <BarLink to="/projects" icon={IconLayoutKanban} label={t('nav.boards')} />
        <BarLink to="/runs" icon={IconPlayerPlay} label={t('nav.runs')} />
        <BarButton icon={IconSearch} label={t('nav.search')} onClick={openPalette} />
        <BarButton icon={IconUserCircle} label={t('nav.me')} onClick={open} aria-expanded={opened} />
      </nav>
      {Drawer && <Drawer opened={opened} onClose={close} />}
    </>
  );
}

function BarLink({ to, exact = false, ...face }: { to: NonNullable<LinkProps['to']>; exact?: boolean } & FaceProps) {
  return (
    <Link to={to} className={classes.item} activeOptions={{ exact, includeSearch: false }}>
      <BarFace {...face} />
    </Link>
  );
}

function BarButton({ icon, label, ...button }: FaceProps & { onClick: () => void; 'aria-expanded'?: boolean }) {
  return (
    <button type="button" className={classes.item} {...button}>
      <BarFace icon={icon} label={label} />
    </button>
  );
}

interface FaceProps {
  icon: Icon;
  label: string;
}

const BarFace = ({ icon: Symbol, label }: FaceProps): ReactNode => (
  <>
    <Symbol size={20} stroke={1.6} aria-hidden="true" />
    <span>{label}</span>
  </>
);
