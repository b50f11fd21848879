import { Button, Menu } from '@mantine/core';
import { IconArrowsSort, IconDownload, IconFilterOff, IconRefresh } from '@tabler/icons-react';
import { parse, print, type FieldSpecs, type ViewList } from '@trainyard/domain';
import { EmptyState } from '@trainyard/ui';
import { startTransition, useActionState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useNarrow } from '../shell/useNarrow.ts';
import { Page } from '../shell/Page.tsx';
import { ShowMore } from '../shell/ShowMore.tsx';
import { Waiting } from '../shell/Waiting.tsx';
import { useSearchChange } from '../shell/useSearchChange.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { DataTable, type Column } from './DataTable.tsx';
import { exportAddress } from './export-address.ts';
import { FilterBar } from './FilterBar.tsx';
import type { ListWords } from './list-words.ts';
import { SavedViews } from './SavedViews.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import type { NamesByField } from './suggestions.ts';
import { useAskedText } from './useAskedQuery.ts';
import type { ListAnswer } from './useList.ts';
import type { RowTicks } from './useRowSelection.ts';
import type { ListProject } from './useViewRights.ts';
import classes from './ListPage.module.css';

/** A list as a room knows it: its fields, how they are called, and what is shown of a row. */
export interface ListLook<Row> {
  /** As the server calls it, in the address of its file. */
  name: 'tickets' | 'runs' | 'datasets' | 'people';
  fields: FieldSpecs;
  words: ListWords;
  names: NamesByField;
  /** A query that shows what can be asked for here. */
  example: string;
  columns: readonly Column<Row>[];
  /** Below this width in px the table scrolls sideways. */
  minWidth: number;
}

const VIEWS_OF = { tickets: 'TICKETS', runs: 'RUNS', datasets: 'DATASETS', people: 'PEOPLE' } as const satisfies Record<ListLook<never>['name'], ViewList>;

/** What a list is of. */
export interface ListFrame {
  title: string;
  /** Whose list it is; null: of all projects; undefined: not known yet. */
  project: ListProject | null | undefined;
  /** Why the project is not known. */
  failed?: Pick<ListAnswer<never>, 'error' | 'refetch'> | null | undefined;
}

export interface ListPageProps<Row> extends ListFrame {
  actions?: ReactNode;
  list: ListLook<Row>;
  answer: ListAnswer<Row>;
  /** What stands here where nothing is there to be found at all. */
  empty: ReactNode;
  /** Chooses how the list is looked at, in one line with its count. */
  tools?: ReactNode;
  /** Rows can be ticked. */
  selection?: RowTicks<Row>;
  /** What can be done with those. */
  selectionActions?: ReactNode;
  /** Groups with their rows, in place of the rows. */
  grouped?: ReactNode;
}

/** A list that is asked by the query language: the address holds the query, so that the way back, a reload and a link show the same. */
export function ListPage<Row extends { id: string }>(props: ListPageProps<Row>) {
  const { title, project, failed, actions, list, answer, empty, tools, selection, selectionActions, grouped } = props;
  const { t } = useTranslation('lists');
  const asked = useAskedText();
  const { fields, columns } = list;
  // cards of a phone are read on by hand: what is below them stays in reach
  const isWide = !useNarrow();
  const { found, isOld } = answer;
  const { error, refetch } = failed ?? answer;
  const changeSearch = useSearchChange<{ query: string }>();
  const parsed = parse(asked, fields);
  const [sort = null] = parsed.ok ? parsed.query.sort : [];

  const ask = (text: string, typing = false): void => {
    // further steps of one writing are one step back
    changeSearch({ query: text === '' ? undefined : text }, typing);
  };
  const sortBy = ({ field, isDescendingFirst: first = false }: Column<Row>): void => {
    if (!parsed.ok) return;
    const keys = sort?.field !== field ? [{ field, descending: first }] : sort.descending === first ? [{ field, descending: !first }] : [];
    ask(print({ ...parsed.query, sort: keys }, fields));
  };
  const filtered = parsed.ok && parsed.query.conditions.length + parsed.query.words.length > 0;
  const rows = found?.nodes ?? [];
  const isNothing = found !== undefined && rows.length === 0 && !isOld;

  return (
    <Page
      title={title}
      fills
      actions={
        <>
          {project !== undefined && <SavedViews place={{ list: VIEWS_OF[list.name], project }} asked={asked} isQuery={parsed.ok} onOpen={ask} />}
          {actions}
        </>
      }
    >
      <div className={classes.bar}>
        <FilterBar fields={fields} words={list.words} names={list.names} example={list.example} asked={asked} onAsk={ask} />
        {found && (
          <div className={classes.line}>
            <div className={classes.count} role="status">
              <Count count={found.totalCount} isCapped={found.totalCountIsCapped} />
              {answer.newer !== null && !isOld && <Newer count={answer.newer} onShow={() => answer.readAgain()} />}
            </div>
            <SortMenu columns={columns} onSort={sortBy} />
            {tools}
            {rows.length > 0 && (
              <Button
                component="a"
                size="compact-sm"
                variant="subtle"
                color="gray"
                download
                href={exportAddress(list.name, asked, project?.id)}
                leftSection={<IconDownload size={14} aria-hidden="true" />}
              >
                {t('export')}
              </Button>
            )}
          </div>
        )}
      </div>
      {!found && parsed.ok ? <Waiting error={error} onRetry={refetch} height={360} /> : <ErrorNotice error={error} onRetry={refetch} />}
      {isNothing &&
        (filtered ? (
          <EmptyState
            icon={<IconFilterOff />}
            title={t('nothing')}
            text={t('nothingHint')}
            action={
              <Button variant="default" onClick={() => ask('')}>
                {t('clearAll')}
              </Button>
            }
          />
        ) : (
          empty
        ))}
      {rows.length > 0 && (
        <DataTable
          caption={title}
          columns={columns}
          rows={rows}
          sort={sort}
          onSort={sortBy}
          minWidth={list.minWidth}
          onTop={answer.onTop}
          isBusy={isOld}
          selection={selection}
          foot={!grouped && found?.pageInfo.hasNextPage && !isOld && <ShowMore key={asked} onMore={answer.fetchMore} isAuto={isWide} />}
        >
          {grouped}
        </DataTable>
      )}
      {selection && (
        <SelectionBar count={selection.selected.size} onClear={selection.clear}>
          {selectionActions}
        </SelectionBar>
      )}
    </Page>
  );
}

function Count({ count, isCapped }: { count: number; isCapped: boolean }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  return t(isCapped ? 'countCapped' : 'count', { count, number: format.number(count) });
}

/** Says that there is something newer. What is read stays where it is until it is asked for. */
function Newer({ count, onShow }: { count: number; onShow: () => Promise<unknown> }) {
  const { t } = useTranslation('lists');
  const [, show, loading] = useActionState(() => onShow().catch(() => undefined), undefined);
  return (
    <Button
      size="compact-xs"
      variant="light"
      loading={loading}
      leftSection={<IconRefresh size={12} aria-hidden="true" />}
      onClick={() => startTransition(show)}
    >
      {count > 0 ? t('newer', { count }) : t('changed')}
    </Button>
  );
}

/** Sorts where the headings are not seen. */
function SortMenu<Row>({ columns, onSort }: { columns: readonly Column<Row>[]; onSort: (column: Column<Row>) => void }) {
  const { t } = useTranslation('lists');
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" color="gray" className={classes.sort} leftSection={<IconArrowsSort size={14} aria-hidden="true" />}>
          {t('sort')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {columns
          .filter(({ isSortable }) => isSortable)
          .map((column) => (
            <Menu.Item key={column.field} onClick={() => onSort(column)}>
              {column.head}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
