import { Link } from '@tanstack/react-router';
import type { Place } from '../shell/rooms.ts';
import classes from './Sidebar.module.css';

export interface SidebarItemProps extends Pick<Place, 'to' | 'search' | 'icon' | 'exact' | 'Badge'> {
  label: string;
}

export function SidebarItem({ to, search, icon: Symbol, label, exact = false, Badge }: SidebarItemProps) {
  return (
    <li>
      <Link to={to} search={search as never} className={classes.item} title={label} activeOptions={{ exact, includeSearch: search !== undefined }}>
        <Symbol size={16} stroke={1.6} aria-hidden="true" />
        <span className={classes.label}>{label}</span>
        {Badge && <Badge />}
      </Link>
    </li>
  );
}
