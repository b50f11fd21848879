import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SprintAnswer } from './burn-chart.ts';
import { Definition } from './Definition.tsx';
import type { Drill, DrillLine } from './drill.ts';
import { NumberTable } from './NumberTable.tsx';
import { fileName, reportCsv, saveFile, type ReportRow, type ReportTable } from './report-rows.ts';
import { useReport } from './report-context.ts';
import { measureOf } from './report-search.ts';
import classes from './Reports.module.css';
import { isRunningAt } from './started-sprints.ts';
import { useAmountText } from './useAmountText.ts';

const PLUS = ['committed', 'added', 'reEstimated'] as const;
const MINUS = ['removed', 'cancelled'] as const;
const ENDS = ['completed', 'carried'] as const;
type Part = (typeof PLUS)[number] | (typeof MINUS)[number] | (typeof ENDS)[number];

/** Committed, and what came and went, is what was completed and what was carried. Each line opens its tickets. */
export function Accounting({ answer, sprint }: { answer: SprintAnswer; sprint: { name: string; closedAt: string | null } }) {
  const { t } = useTranslation('flow');
  const amountText = useAmountText();
  const { project, search } = useReport();
  const measure = measureOf(search);
  const nameOf = (part: Part): string => t(part === 'carried' && isRunningAt(sprint, search.asOf) ? 'account.left' : `account.${part}`);
  const linesOf = (part: Part): DrillLine[] =>
    answer[part].lines.map(({ ticketId, amount }) => ({
      ticketId,
      amount: amount === null ? t('unestimated') : amountText(measure, amount),
    }));
  const drillOf = (part: Part): Drill => ({
    kind: 'LINES',
    title: nameOf(part),
    lines: linesOf(part),
  });
  const row = (part: Part, sign: 1 | -1): ReportRow => ({
    key: part,
    cells: { part: nameOf(part), tickets: answer[part].lines.length, amount: sign * answer[part].total || 0 },
    drills: { tickets: drillOf(part) },
  });
  const scope = [...PLUS.map((part) => answer[part].total), ...MINUS.map((part) => -answer[part].total)].reduce((sum, one) => sum + one, 0);
  const table: ReportTable = {
    columns: [
      { key: 'part', name: t('account.part'), type: 'TEXT' },
      { key: 'tickets', name: t('account.tickets'), type: 'NUMBER' },
      { key: 'amount', name: t(`unit.${measure}`), type: 'NUMBER' },
    ],
    rows: [
      ...PLUS.map((part) => row(part, 1)),
      ...MINUS.map((part) => row(part, -1)),
      {
        key: 'scope',
        isStrong: true,
        drills: { tickets: { kind: 'LINES', title: t('account.scope'), lines: [...linesOf('completed'), ...linesOf('carried')] } },
        cells: { part: t('account.scope'), tickets: answer.completed.lines.length + answer.carried.lines.length, amount: Math.round(scope * 1e6) / 1e6 },
      },
      ...ENDS.map((part) => row(part, 1)),
    ],
  };
  const title = t('report.sprint.of', { sprint: sprint.name });
  return (
    <section className={classes.card}>
      <header className={classes.cardHead}>
        <h2 className={classes.cardTitle}>{title}</h2>
        <div className={classes.tools}>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden="true" />}
            onClick={() => saveFile(new Blob([reportCsv(table)], { type: 'text/csv;charset=utf-8' }), fileName([project.key, title], 'csv'))}
          >
            {t('card.csv')}
          </Button>
        </div>
      </header>
      <Definition text={t('define.sprint')} />
      <div className={classes.account}>
        <NumberTable caption={title} table={table} />
      </div>
    </section>
  );
}
