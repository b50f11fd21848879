import { askingFor, parse, print, TICKET_FIELDS, toggled, type Query, type Value } from '@trainyard/domain';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../../access/project-scope.ts';
import { FilterBar } from '../../lists/FilterBar.tsx';
import { SavedViews } from '../../lists/SavedViews.tsx';
import { useNarrow } from '../../shell/useNarrow.ts';
import { usePageKeys } from '../../shell/usePageKeys.ts';
import { useTicketWords } from '../../ticket/useTicketWords.ts';
import type { BoardFrameFragment } from '../board.generated.ts';
import classes from './BoardFilter.module.css';
import { FacetMenus } from './FacetMenus.tsx';
import { FilterSheet } from './FilterSheet.tsx';
import { GroupMenu } from './GroupMenu.tsx';
import { PeopleRow } from './PeopleRow.tsx';
import { useBoardPeople } from './useBoardPeople.ts';

export interface BoardFilterProps {
  frame: BoardFrameFragment;
  /** The query of the address. */
  asked: string;
  /** @param typing a further step of the same writing */
  onAsk: (text: string, typing?: boolean) => void;
  /** Esc where nothing is to be closed: the keyboard goes back to the cards. */
  onLeave: () => void;
}

const NOTHING: Query = { conditions: [], words: [], sort: [] };

/** What a board is asked: people, a few fields by choice, all others by text. All of them write one query. */
export function BoardFilter({ frame, asked, onAsk, onLeave }: BoardFilterProps) {
  const { t } = useTranslation('board');
  const { project, columns } = frame;
  const words = useTicketWords();
  const root = useRef<HTMLDivElement>(null);
  const people = useBoardPeople(frame.id, project.id, asked);
  const parsed = useMemo(() => parse(asked, TICKET_FIELDS), [asked]);
  // what is no query is replaced by what is chosen
  const query = parsed.ok ? parsed.query : NOTHING;
  const say = (next: Query): void => onAsk(print(next, TICKET_FIELDS));
  const toggle = (field: string, value: Value, alone = false): void => say(toggled(query, field, value, alone));
  const group = (by: string | undefined): void => {
    const { group: _, ...rest } = query;
    say(by === undefined ? rest : { ...rest, group: by });
  };
  const place = useMemo(() => ({ list: 'TICKETS', project: { id: project.id, scope: scopeOf(project) } }) as const, [project]);
  const names = useMemo(
    () => ({
      assignee: people.flatMap(({ name }) => name ?? []),
      label: project.labels.map(({ name }) => name),
      column: columns.map(({ name }) => name),
      board: project.boards.map(({ name }) => name),
    }),
    [people, project.labels, project.boards, columns],
  );

  const isNarrow = useNarrow();
  const [isOpen, setOpen] = useState(false);
  usePageKeys((key) => {
    if (key !== 'f') return false;
    const field = root.current?.querySelector('input');
    if (isNarrow) setOpen(true);
    else {
      field?.focus();
      field?.setSelectionRange(field.value.length, field.value.length);
    }
    return true;
  });

  const row = <PeopleRow people={people} query={query} onToggle={(value, alone) => toggle('assignee', value, alone)} />;
  const facets = <FacetMenus labels={project.labels} query={query} words={words} onToggle={toggle} onClear={(field) => say(askingFor(query, field, []))} />;
  const text = <FilterBar inline={!isNarrow} fields={TICKET_FIELDS} words={words} names={names} example={t('filter.example')} asked={asked} onAsk={onAsk} />;
  const groups = <GroupMenu group={query.group} onGroup={group} />;
  const views = <SavedViews compact place={place} asked={asked} isQuery={parsed.ok} onOpen={onAsk} />;
  if (isNarrow)
    return (
      <FilterSheet conditions={query.conditions.length + query.words.length} opened={isOpen} onOpened={setOpen}>
        {text}
        {row}
        {facets}
        <div className={classes.ways}>
          {groups}
          {views}
        </div>
      </FilterSheet>
    );
  return (
    <div
      ref={root}
      className={classes.root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        onLeave();
      }}
    >
      {row}
      {facets}
      <div className={classes.text}>{text}</div>
      {groups}
      {views}
    </div>
  );
}
