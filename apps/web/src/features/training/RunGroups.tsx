import { useQuery } from '@apollo/client/react';
import { Button, Menu } from '@mantine/core';
import { IconCheck, IconStack2 } from '@tabler/icons-react';
import { fieldOf, parse, print, RUN_FIELDS, RUN_GROUPS, RUN_GROUPS_MAX, templateOf, type RunGroupField, type Template } from '@trainyard/domain';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { DataGroup } from '../lists/DataGroup.tsx';
import { DataRows, type Column } from '../lists/DataTable.tsx';
import { timeZone } from '../lists/export-address.ts';
import { useList } from '../lists/useList.ts';
import type { RowTicks } from '../lists/useRowSelection.ts';
import { Waiting } from '../shell/Waiting.tsx';
import { ShowMore } from '../shell/ShowMore.tsx';
import { metricText } from './metric-text.ts';
import { RunGroupsDocument, RunsDocument, type RunGroupsQuery, type RunRowFragment } from './run-list.generated.ts';

const KEY = 'trainyard.runs.group';
type Group = RunGroupsQuery['runGroups'][number];

export interface RunGrouping {
  by: RunGroupField | null;
  choose: (by: RunGroupField | null) => void;
}

/** What this browser groups runs by. */
export function useRunGrouping(): RunGrouping {
  const [by, setBy] = useState<RunGroupField | null>(() => RUN_GROUPS.find((one) => one === remembered()) ?? null);
  return {
    by,
    choose(next) {
      setBy(next);
      try {
        localStorage.setItem(KEY, next ?? '');
      } catch {
        // Full or closed storage only costs the convenience.
      }
    },
  };
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function GroupMenu({ grouping: { by, choose } }: { grouping: RunGrouping }) {
  const { t } = useTranslation('training');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant={by ? 'light' : 'subtle'} color={by ? undefined : 'gray'} leftSection={<IconStack2 size={14} aria-hidden="true" />}>
          {by ? t('list.groupedBy', { by: t(`list.groupBy.${by}`) }) : t('list.groupLabel')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {([null, ...RUN_GROUPS] as const).map((one) => (
          <Menu.Item
            key={one ?? ''}
            onClick={() => choose(one)}
            aria-current={by === one || undefined}
            rightSection={by === one ? <IconCheck size={14} aria-hidden="true" /> : undefined}
          >
            {one === null ? t('list.noGroups') : t(`list.groupBy.${one}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface Asked {
  place: { projectId: string | null; query: string };
  columns: readonly Column<RunRowFragment>[];
  selection: RowTicks<RunRowFragment>;
}

/** The runs that are found, in groups. What is folded is counted and not read. */
export function RunGroups({ by, ...asked }: Asked & { by: RunGroupField }) {
  const { t } = useTranslation('training');
  const { data, error, refetch } = useQuery(RunGroupsDocument, {
    variables: { by, ...asked.place, timeZone: timeZone() },
    fetchPolicy: 'cache-and-network',
  });
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const groups = data?.runGroups ?? [];
  const line = (content: ReactNode) => (
    <tr role="row" data-gap>
      <td role="cell" colSpan={asked.columns.length}>
        {content}
      </td>
    </tr>
  );
  if (!data) return line(<Waiting error={error} onRetry={refetch} height={120} />);
  return (
    <>
      {groups.map((group, i) => {
        const key = group.value ?? '';
        // the first is what one came for
        const isOpen = toggled.get(key) ?? i === 0;
        return <RunGroup key={key} by={by} group={group} isOpen={isOpen} onToggle={() => setToggled(new Map(toggled).set(key, !isOpen))} {...asked} />;
      })}
      {groups.length >= RUN_GROUPS_MAX && line(t('list.moreGroups', { max: RUN_GROUPS_MAX }))}
    </>
  );
}

interface RunGroupProps extends Asked {
  by: RunGroupField;
  group: Group;
  isOpen: boolean;
  onToggle: () => void;
}

function RunGroup({ by, group, isOpen, onToggle, ...asked }: RunGroupProps) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const { best } = group;
  return (
    <DataGroup
      name={useGroupName(by, group)}
      count={group.total}
      aside={best && t('list.bestOf', { value: metricText(format, best.name, best.value), split: t(`headline.short.${best.split}`) })}
      isOpen={isOpen}
      onToggle={onToggle}
      columns={asked.columns.length}
    >
      <RowsOfGroup by={by} group={group} {...asked} />
    </DataGroup>
  );
}

function useGroupName(by: RunGroupField, { value, name }: Group): string {
  const { t } = useTranslation('training');
  if (by === 'TEMPLATE') return value && templateOf(value as Template) ? t(`template.${value as Template}.name`) : (value ?? '');
  if (by === 'DATASET') return name ?? t('list.noDataset');
  return value ? `${value} ${name ?? ''}` : t('list.ticketGone');
}

function RowsOfGroup({ by, group, place, columns, selection }: Omit<RunGroupProps, 'isOpen' | 'onToggle'>) {
  const answer = useList(RunsDocument, { ...place, query: queryOfGroup(place.query, by, group.value) }, ({ runs }) => runs);
  const rows = answer.found?.nodes ?? [];
  const line = (content: ReactNode) => (
    <tr role="row" data-gap>
      <td role="cell" colSpan={columns.length}>
        {content}
      </td>
    </tr>
  );
  if (!answer.found) return line(<Waiting error={answer.error} onRetry={answer.refetch} height={72} />);
  return (
    <>
      <DataRows columns={columns} rows={rows} selection={selection} />
      {answer.found.pageInfo.hasNextPage && line(<ShowMore onMore={answer.fetchMore} />)}
    </>
  );
}

/** The query that finds the runs of one group among those that another finds. */
export function queryOfGroup(text: string, by: RunGroupField, value: string | null): string {
  const parsed = parse(text, RUN_FIELDS);
  const field = by.toLowerCase();
  if (!parsed.ok || !fieldOf(RUN_FIELDS, field)) throw new Error(`${text} is no query of runs by ${field}`);
  const meant =
    value === null ? ({ is: 'NONE' } as const) : by === 'TEMPLATE' ? ({ is: 'WORD', word: value } as const) : ({ is: 'TEXT', text: value } as const);
  return print({ ...parsed.query, conditions: [...parsed.query.conditions, { field, negated: false, values: [meant] }] }, RUN_FIELDS);
}
