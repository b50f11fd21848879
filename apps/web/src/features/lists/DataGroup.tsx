import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useFormat } from '../../i18n/useFormat.ts';
import classes from './DataTable.module.css';

export interface DataGroupProps {
  name: ReactNode;
  /** Rows within it, whether they are shown or not. */
  count: number;
  /** At the end of its line. */
  aside?: ReactNode;
  isOpen: boolean;
  onToggle: () => void;
  /** Columns of the table. */
  columns: number;
  /** Its rows, while it is open. */
  children: ReactNode;
}

/** A heading in a table, with the rows below it. */
export function DataGroup({ name, count, aside, isOpen, onToggle, columns, children }: DataGroupProps) {
  const format = useFormat();
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <>
      <tr role="row" data-group>
        <th role="rowheader" scope="rowgroup" colSpan={columns}>
          <button type="button" className={classes.group} aria-expanded={isOpen} onClick={onToggle}>
            <Chevron size={14} aria-hidden="true" />
            <span className={classes.groupName}>{name}</span>
            <span className={classes.groupMore}>{format.number(count)}</span>
            {aside && <span className={classes.groupMore}>{aside}</span>}
          </button>
        </th>
      </tr>
      {isOpen && children}
    </>
  );
}
