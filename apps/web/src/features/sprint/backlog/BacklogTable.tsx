import { useApolloClient, useQuery } from '@apollo/client/react';
import { IconListDetails } from '@tabler/icons-react';
import { can, type BacklogGroup } from '@trainyard/domain';
import { EmptyState } from '@trainyard/ui';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { scopeOf } from '../../access/project-scope.ts';
import { useActor } from '../../access/useActor.ts';
import { DataTable, type Column } from '../../lists/DataTable.tsx';
import { timeZone } from '../../lists/export-address.ts';
import { useColumnWidths } from '../../lists/useColumnWidths.ts';
import { useRowSelection } from '../../lists/useRowSelection.ts';
import { ErrorNotice } from '../../shell/error/ErrorNotice.tsx';
import { keyOf } from '../../shell/keys.ts';
import { createSignal } from '../../shell/signal.ts';
import { useWanted } from '../../shell/useWanted.ts';
import type { TicketRowFragment } from '../../ticket/tickets.generated.ts';
import { ticketName, useTicketColumns } from '../../ticket/useTicketColumns.tsx';
import { BacklogGroupsDocument, type BacklogQuery } from '../sprints.generated.ts';
import { pointsText, projectDay } from '../sprint-days.ts';
import { AddTickets } from './AddTickets.tsx';
import { BacklogContext } from './backlog-context.ts';
import classes from './Backlog.module.css';
import { BacklogLists, longestOf } from './backlog-lists.ts';
import type { Target } from './backlog-moves.ts';
import { countedQuery, sectionsOf } from './backlog-sections.ts';
import { BacklogSection } from './BacklogSection.tsx';
import { PointsCell } from './PointsCell.tsx';
import { CarriedRows } from './CarriedRows.tsx';
import { SprintSection } from './SprintSection.tsx';
import { useBacklogMoves } from './useBacklogMoves.ts';
import { useBacklogNews } from './useBacklogNews.ts';
import { useRowCarry } from './useRowCarry.ts';
import { useRowDrag } from './useRowDrag.ts';

/** What planning looks at, and how wide it is at least; null: what is left. */
const WIDTHS: Readonly<Record<string, number | null>> = { key: 96, title: null, points: 76, state: 76, priority: 76, assignee: 100, label: 96, due: 88 };
const ORDER = Object.keys(WIDTHS);
const TITLE_LEAST = 180;
/** Check box, icon and gaps beside a key; face and gap beside a name; dots, gaps and the number of further ones beside labels. */
const BESIDE: Readonly<Record<string, number>> = { key: 48, assignee: 26, label: 44 };
/** A name that is longer is cut anyhow. */
const NAME_MOST = 22;
const MIN_WIDTH = 880;

export interface BacklogTableProps {
  project: NonNullable<BacklogQuery['project']>;
  by: BacklogGroup;
  /** Where sprints run. */
  boards: readonly { id: string; name: string }[];
}

// nothing is ticked to begin with
const loadPlanBar = () => import('./PlanBar.tsx').then(({ PlanBar }) => ({ default: PlanBar }));

/** The tickets of a backlog in sections, which can be moved, changed and written where they stand. */
export function BacklogTable({ project, by, boards }: BacklogTableProps) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const client = useApolloClient();
  const actor = useActor();
  const scope = scopeOf(project);
  const mayPlan = can(actor, 'ticket.write', scope);
  const mayManage = can(actor, 'sprint.manage', scope);
  const selection = useRowSelection(ticketName);
  const scroller = useRef<HTMLDivElement>(null);
  const mark = useRef<HTMLDivElement>(null);
  const [lists] = useState(() => new BacklogLists(client, project.id));
  const [signals] = useState(() => ({
    heard: createSignal(''),
    estimating: createSignal<string | null>(null),
    carried: createSignal<ReadonlySet<string>>(new Set()),
  }));
  // what is ticked stays
  const PlanBar = useWanted(loadPlanBar, selection.selected.size > 0, () => undefined);
  const doing = useBacklogMoves(by, lists, signals.heard);
  const groups = useQuery(BacklogGroupsDocument, {
    variables: { key: project.key, by, query: countedQuery(by), timeZone: timeZone() },
    fetchPolicy: 'cache-and-network',
  });
  const counted = groups.data?.project?.backlogGroups;
  const sections = useMemo(
    () => sectionsOf(by, by === 'SPRINT' ? project.sprints.map(({ id, name }) => ({ key: id, name, ticketKey: null })) : (counted ?? [])),
    [by, project.sprints, counted],
  );
  useEffect(() => lists.keep(sections.map(({ key }) => key)), [lists, sections]);
  useBacklogNews(project, lists, () => void groups.refetch());
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void => setFolded((now) => (now.has(id) ? new Set([...now].filter((one) => one !== id)) : new Set(now).add(id)));

  const carriedWith = (id: string): readonly string[] => (selection.selected.has(id) ? lists.inOrder(selection.selected) : [id]);
  const words = useMemo(
    () => ({ estimate: (key: string) => t('backlog.estimate', { key }), estimateKey: t('backlog.estimateKey'), points: format.number }),
    [t, format],
  );
  const [shared] = useState(() => ({
    mayWrite: mayPlan,
    estimating: signals.estimating,
    setPoints: (id: string, points: number | null) => onPoints.current(id, points),
  }));
  const parts = useMemo(() => ({ ...shared, words }), [shared, words]);
  const onPoints = useRef<(id: string, points: number | null) => void>(() => undefined);
  useEffect(() => {
    onPoints.current = (id, points) =>
      void doing.change([id], { kind: 'POINTS', points }, () =>
        points === null
          ? t('backlog.unestimatedNow', { key: lists.read(id)?.key ?? '' })
          : t('backlog.estimated', { key: lists.read(id)?.key ?? '', count: points, points: format.number(points) }),
      );
  });

  const all = useTicketColumns(project.labels);
  const columns = useMemo(
    () =>
      all
        .filter(({ field }) => field in WIDTHS)
        .toSorted((a, b) => ORDER.indexOf(a.field) - ORDER.indexOf(b.field))
        .map((column): Column<TicketRowFragment> => ({
          ...column,
          isSortable: false,
          ...(column.field === 'points' && { cell: (ticket) => <PointsCell ticket={ticket} /> }),
        })),
    [all],
  );
  // rows know nothing of it: they are not drawn again for what is longer than all before
  const read = lists.longest.use();
  const heads = useMemo(() => {
    const texts: Readonly<Record<string, readonly string[]>> = { ...read, label: longestOf(project.labels.map(({ name }) => name)) };
    return columns.map((column): Column<TicketRowFragment> => {
      const beside = BESIDE[column.field];
      return beside === undefined
        ? column
        : { ...column, longest: { texts: [...new Set(texts[column.field]?.map((text) => text.slice(0, NAME_MOST)))], beside } };
    });
  }, [columns, read, project.labels]);
  const widths = useColumnWidths(
    scroller,
    columns.map(({ field }) => WIDTHS[field] ?? null),
    TITLE_LEAST,
    heads,
  );

  /** What has none is named by what it lacks. */
  const nameOf = (name: string | null): string => name ?? (by === 'SPRINT' ? t('backlog.rest') : by === 'EPIC' ? t('backlog.noEpic') : t('backlog.noAssignee'));
  /** Where the keys go on; a row that is out of sight now is not drawn, and another stands for it. */
  const toRow = (id: string | undefined): void => {
    const link = (row: string): HTMLElement | null | undefined => scroller.current?.querySelector<HTMLElement>(`${row} th a`);
    (link(`tr[data-row="${id}"]`) ?? link('tr[data-row]'))?.focus({ preventScroll: true });
  };
  const drop = (ids: readonly string[], target: Target): void => {
    const to = sections.find(({ key }) => key === target.section);
    const stays = ids.every((id) => lists.sectionOf(id) === target.section);
    const said = stays ? t('backlog.ranked') : t('backlog.moved', { count: ids.length, to: nameOf(to?.name ?? null) });
    void doing.move(ids, target, said).then(() => toRow(ids[0]));
  };
  const carry = (ids: readonly string[]): void => signals.carried.set(new Set(ids));
  useRowDrag(
    scroller,
    mark,
    mayPlan && {
      idsOf: carriedWith,
      said: (ids) => {
        const [only] = ids.length === 1 ? ids : [];
        const ticket = only === undefined ? null : lists.read(only);
        return ticket ? ticketName(ticket) : t('backlog.dragging', { count: ids.length });
      },
    },
    (id) => lists.spotOf(id),
    carry,
    (ids, to) => drop(ids, to),
  );
  const onCarryKey = useRowCarry(scroller, mark, lists, {
    carriedWith,
    onCarry: carry,
    onDrop: drop,
    say: (text) => signals.heard.set(text),
    words: {
      grabbed: (count) => t('backlog.grabbed', { count }),
      at: (afterKey, section) => (afterKey === null ? t('backlog.atTop', { section }) : t('backlog.behind', { key: afterKey, section })),
      restored: () => t('backlog.restored'),
    },
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!mayPlan) return;
    onCarryKey(event);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('tr[data-row]');
    if (!row || keyOf(event.nativeEvent) !== 'e' || target.closest('input:not([type="checkbox"]), textarea')) return;
    event.preventDefault();
    signals.estimating.set(row.dataset['row'] ?? null);
  };

  return (
    <BacklogContext value={parts}>
      {mayPlan && <AddTickets projectId={project.id} doing={doing} />}
      <ErrorNotice error={groups.error} onRetry={() => groups.refetch()} />
      <DataTable
        caption={t('backlog.title')}
        columns={heads}
        rows={[]}
        sort={null}
        onSort={() => undefined}
        minWidth={MIN_WIDTH}
        isBusy={by !== 'SPRINT' && !counted}
        selection={mayPlan ? selection : undefined}
        scroller={scroller}
        widths={widths}
        onKeyDown={onKeyDown}
      >
        {sections.map((section) => {
          const id = section.key ?? '';
          const shared = { section, columns, lists, scroller, selection: mayPlan ? selection : undefined };
          const open = { isOpen: !folded.has(id), onToggle: () => toggle(id) };
          const sprint = by === 'SPRINT' ? project.sprints.find(({ id: sprintId }) => sprintId === section.key) : undefined;
          if (sprint)
            return (
              <SprintSection
                key={id}
                {...shared}
                {...open}
                projectId={project.id}
                today={projectDay(project.timeZone)}
                sprint={sprint}
                actions={mayManage ? { boards, open: project.sprints } : null}
              />
            );
          const sums = counted?.find(({ key }) => key === section.key);
          if (by !== 'SPRINT' && section.key === null && !sums && sections.length > 1) return null;
          return (
            <BacklogSection
              key={id}
              {...shared}
              {...open}
              name={section.ticketKey === null ? nameOf(section.name) : `${section.ticketKey} ${section.name ?? ''}`}
              count={sums?.tickets ?? 0}
              aside={
                sums &&
                [
                  pointsText(t, format, sums.points),
                  sums.unestimated > 0 ? t('backlog.unestimated', { number: format.number(sums.unestimated) }) : [],
                  sums.deviceHours > 0 ? t('backlog.hours', { hours: format.number(sums.deviceHours) }) : [],
                ]
                  .flat()
                  .join(' · ')
              }
              nothing={
                section.key !== null || project.sprints.length > 0 ? (
                  <p className={classes.empty}>{t('backlog.empty')}</p>
                ) : (
                  <EmptyState icon={<IconListDetails />} title={t('backlog.noTickets')} text={mayPlan && t('backlog.noTicketsText')} />
                )
              }
            />
          );
        })}
      </DataTable>
      <CarriedRows signal={signals.carried} />
      <div ref={mark} className={classes.mark} hidden />
      <Heard signal={signals.heard} />
      {mayPlan && PlanBar && (
        <PlanBar
          projectId={project.id}
          labels={project.labels}
          places={by === 'SPRINT' ? sections.map(({ key, name }) => ({ key, name: nameOf(name) })) : []}
          mayDelete={can(actor, 'ticket.delete', scope)}
          selection={selection}
          lists={lists}
          doing={doing}
          onDone={toRow}
        />
      )}
    </BacklogContext>
  );
}

/** What the keyboard did, for who hears. */
function Heard({ signal }: { signal: { use: () => string } }) {
  return (
    <p role="status" aria-live="assertive" className={classes.heard}>
      {signal.use()}
    </p>
  );
}
