import type { ReactNode } from 'react';
import { DataGroup } from '../../lists/DataGroup.tsx';
import type { BacklogSectionOf } from './backlog-sections.ts';
import { BacklogRows, type BacklogRowsProps } from './BacklogRows.tsx';

export interface BacklogSectionProps extends Omit<BacklogRowsProps, 'list'> {
  section: BacklogSectionOf;
  name: string;
  /** Behind its name. */
  aside?: ReactNode;
  isOpen: boolean;
  onToggle: () => void;
  /** A line below its heading. */
  head?: ReactNode;
}

/** Tickets of a backlog that have one thing in common, in the order of the project. */
export function BacklogSection({ section, name, aside, isOpen, onToggle, head, ...rows }: BacklogSectionProps) {
  const { lists, columns, count } = rows;
  return (
    <DataGroup
      name={<span data-section={section.key ?? ''}>{name}</span>}
      count={count}
      aside={aside}
      isOpen={isOpen}
      onToggle={onToggle}
      columns={columns.length}
    >
      {head && (
        <tr role="row" data-gap>
          <td role="cell" colSpan={columns.length}>
            {head}
          </td>
        </tr>
      )}
      <BacklogRows list={lists.open(section.key, section.query)} {...rows} />
    </DataGroup>
  );
}
