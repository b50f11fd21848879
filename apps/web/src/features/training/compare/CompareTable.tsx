import { Button } from '@mantine/core';
import { IconDownload, IconStar, IconStarOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ComparedMetric } from '@trainyard/domain';
import { SideScroll, Swatch } from '@trainyard/ui';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { Section } from '../../shell/Page.tsx';
import { RunStateBadge } from '../RunStateBadge.tsx';
import type { ComparedRunFragment } from './compare.generated.ts';
import classes from './CompareTable.module.css';
import { tableCsv, type Cell, type Row } from './comparison-rows.ts';
import { useComparisonRows } from './useComparisonRows.ts';
import type { RunLook } from './useRunLooks.ts';

const GROUPS: readonly Row['group'][] = ['METRICS', 'DATA', 'PARAMETERS', 'ENVIRONMENT', 'TIME'];

export interface CompareTableProps {
  runs: readonly ComparedRunFragment[];
  looks: readonly RunLook[];
  metrics: readonly ComparedMetric[];
}

/** Runs in columns. What is equal in all of them is left out until it is asked for. */
export function CompareTable({ runs, looks, metrics }: CompareTableProps) {
  const { t } = useTranslation('training');
  const [all, setAll] = useState(false);
  const rows = useComparisonRows(runs, metrics);
  const equal = rows.filter(({ differs }) => !differs).length;
  const shown = all ? rows : rows.filter(({ differs }) => differs);
  const download = (): void => {
    const href = URL.createObjectURL(
      new Blob(
        [
          tableCsv(
            t('compare.corner'),
            runs.map((run, i) => looks[i]?.name ?? String(run.number)),
            shown,
          ),
        ],
        { type: 'text/csv;charset=utf-8' },
      ),
    );
    const link = Object.assign(document.createElement('a'), { href, download: `runs-${runs.map(({ number }) => number).join('-')}.csv` });
    link.click();
    URL.revokeObjectURL(href);
  };
  return (
    <Section
      title={t('compare.table')}
      actions={
        <>
          {equal > 0 && (
            <Button size="compact-sm" variant="subtle" color="gray" aria-pressed={all} onClick={() => setAll(!all)}>
              {all ? t('compare.onlyDifferences') : t('compare.showEqual', { count: equal })}
            </Button>
          )}
          <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconDownload size={14} aria-hidden="true" />} onClick={download}>
            {t('compare.csv')}
          </Button>
        </>
      }
    >
      <SideScroll label={t('compare.table')} framed>
        <table className={classes.table} data-names>
          <thead>
            <tr>
              <td />
              {runs.map((run, i) => {
                const look = looks[i];
                return (
                  look && (
                    <th key={run.id} scope="col">
                      <span className={classes.head}>
                        <Swatch look={look.look} />
                        <Link to="/runs/$runId" params={{ runId: run.id }}>
                          {look.name}
                        </Link>
                      </span>
                      <RunStateBadge state={run.card.state} />
                    </th>
                  )
                );
              })}
            </tr>
          </thead>
          {GROUPS.filter((group) => shown.some((row) => row.group === group)).map((group) => (
            <tbody key={group}>
              <tr className={classes.group}>
                <th scope="rowgroup" colSpan={runs.length + 1}>
                  {t(`compare.group.${group}`)}
                </th>
              </tr>
              {shown
                .filter((row) => row.group === group)
                .map((row) => (
                  <RowOf key={row.key} row={row} runs={runs} />
                ))}
            </tbody>
          ))}
        </table>
      </SideScroll>
      {metrics.some(({ comparable }) => !comparable) && (
        <p className={classes.note}>
          <IconStarOff size={14} aria-hidden="true" />
          {t('compare.incomparableNote')}
        </p>
      )}
    </Section>
  );
}

function RowOf({ row: { name, cells, isIncomparable, differs }, runs }: { row: Row; runs: readonly ComparedRunFragment[] }) {
  const { t } = useTranslation('training');
  return (
    <tr data-equal={!differs || undefined}>
      <th scope="row">
        {name}
        {isIncomparable && <IconStarOff size={14} className={classes.sign} role="img" aria-label={t('compare.incomparable')} />}
      </th>
      {cells.map((cell, i) => (
        <td key={runs[i]?.id} data-best={cell?.isBest || undefined} data-last={isLast(cell) || undefined}>
          <Value cell={cell} />
        </td>
      ))}
    </tr>
  );
}

const isLast = (cell: Cell | null): boolean => cell?.lastStep !== null && cell?.lastStep !== undefined;

function Value({ cell }: { cell: Cell | null }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  if (!cell) return <>–</>;
  return (
    <Fragment>
      {cell.text}
      {cell.isBest && <IconStar size={14} className={classes.best} role="img" aria-label={t('compare.best')} />}
      {isLast(cell) && <span className={classes.last}>{t('compare.lastKnown', { step: format.number(cell.lastStep ?? 0) })}</span>}
    </Fragment>
  );
}
