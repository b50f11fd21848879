import type { Icon } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import classes from './Sidebar.module.css';

export interface SidebarItemProps {
  to: LinkProps['to'];
  icon: Icon;
  label: string;
  exact?: boolean;
  Badge?: ComponentType;
}

export function SidebarItem({ to, icon: Symbol, label, exact = false, Badge }: SidebarItemProps) {
  return (
    <li>
      <Link to={to} className={classes.item} activeOptions={{ exact, includeSearch: false }}>
        <Symbol size={16} stroke={1.6} aria-hidden="true" />
        <span className={classes.label}>{label}</span>
        {Badge && <Badge />}
      </Link>
    </li>
  );
}
