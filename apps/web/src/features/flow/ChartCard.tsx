import { Button, Menu } from '@mantine/core';
import { IconDownload, IconTable, IconChartBar } from '@tabler/icons-react';
import { chartPicture, pngOf, SlotChart, type ChartStop, type SlotChartProps } from '@trainyard/ui';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../shell/useToast.ts';
import { Definition } from './Definition.tsx';
import { NumberTable } from './NumberTable.tsx';
import { fileName, reportCsv, saveFile, type ReportTable } from './report-rows.ts';
import { useReport } from './report-context.ts';
import classes from './Reports.module.css';
import { OF_PAST } from './reports.ts';
import { useZoneMoment } from './useZoneMoment.ts';

const SIGNS = { STEPS: 'LINE', LINE: 'LINE', AREA: 'AREA', BARS: 'AREA', DOTS: 'DOT' } as const;

export interface ChartCardProps extends Omit<SlotChartProps, 'label' | 'svgRef'> {
  title: string;
  /** How it is counted, exactly. */
  definition: string;
  /** The numbers behind it. */
  table: ReportTable;
  onOpen?: (stop: ChartStop, layer: string | null) => void;
  /** What is drawn in words, below the heading. */
  children?: ReactNode;
  /** In place of the drawing: why there is nothing to draw. */
  empty?: string | null;
}

/** A chart with its definition, the numbers behind it, and both as files. */
export function ChartCard({ title, definition, table, children, empty = null, ...chart }: ChartCardProps) {
  const { t } = useTranslation('flow');
  const { project, report, search } = useReport();
  const toast = useToast();
  const svg = useRef<SVGSVGElement>(null);
  const [isTable, setIsTable] = useState(false);
  const moment = useZoneMoment(project.timeZone);
  const shownAt = (OF_PAST.has(report) && search.asOf) || null;
  const name = (ending: string): string => fileName([project.key, title, (shownAt ?? new Date().toISOString()).slice(0, 16)], ending);

  const savePng = async (): Promise<void> => {
    if (!svg.current) return;
    const at = shownAt ?? new Date().toISOString();
    const picture = chartPicture(svg.current, {
      title,
      lines: [`${project.name} (${project.key})`, t('picture.asOf', { moment: moment(at) })],
      legend: [
        ...chart.layers.map(({ name: of, look, kind }) => ({ name: of, ...look, sign: SIGNS[kind] })),
        ...(chart.levels ?? []).map(({ name: of, look }) => ({ name: of, ...look, sign: 'LINE' as const })),
      ],
    });
    saveFile(await pngOf(picture), name('png'));
  };
  return (
    <section className={classes.card}>
      <header className={classes.cardHead}>
        <h2 className={classes.cardTitle}>{title}</h2>
        <div className={classes.tools}>
          <Button
            size="compact-sm"
            variant="default"
            aria-pressed={isTable}
            leftSection={isTable ? <IconChartBar size={14} aria-hidden="true" /> : <IconTable size={14} aria-hidden="true" />}
            onClick={() => setIsTable(!isTable)}
          >
            {t(isTable ? 'card.chart' : 'card.numbers')}
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="compact-sm" variant="default" leftSection={<IconDownload size={14} aria-hidden="true" />}>
                {t('card.save')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => saveFile(new Blob([reportCsv(table)], { type: 'text/csv;charset=utf-8' }), name('csv'))}>{t('card.csv')}</Menu.Item>
              <Menu.Item disabled={isTable || empty !== null} onClick={() => void savePng().catch(toast.failed)}>
                {t('card.png')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      </header>
      <Definition text={definition} />
      {children}
      {empty !== null && <p className={classes.empty}>{empty}</p>}
      {empty === null && !isTable && <SlotChart {...chart} svgRef={svg} label={`${title}. ${t(chart.onOpen ? 'card.helpOpen' : 'card.help')}`} />}
      {isTable && <NumberTable caption={title} table={table} />}
    </section>
  );
}
