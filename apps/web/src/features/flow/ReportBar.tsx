import { Select } from '@mantine/core';
import { COUNTED, MEASURES } from '@trainyard/domain';
import { Segments } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { AsOf } from './AsOf.tsx';
import { useReport } from './report-context.ts';
import { countedOf, daysOf, measureOf, PICTURE_DAYS } from './report-search.ts';
import classes from './Reports.module.css';
import { OF_AMOUNTS, OF_CHANGES, OF_DAYS, OF_KNOWN, OF_PAST, OF_SPRINT } from './reports.ts';
import { SprintSelect } from './SprintSelect.tsx';
import { chosenSprint, startedSprints } from './started-sprints.ts';

/** What a report is asked by: of which sprint or how many days, what is summed, and of which moment. */
export function ReportBar() {
  const { t } = useTranslation('flow');
  const { project, report, search, change } = useReport();
  const sprints = startedSprints(project.sprints);
  const boards = project.boards.filter(({ kind }) => kind === 'SCRUM');
  if (OF_SPRINT.has(report) && sprints.length === 0) return null;
  if (report === 'forecast' || report === 'backtest') return null;
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('bar.label')}>
      {OF_SPRINT.has(report) && (
        <SprintSelect sprints={sprints} value={chosenSprint(project.sprints, search.sprint)?.id} onChange={(sprint) => change({ sprint })} />
      )}
      {report === 'velocity' && boards.length > 1 && (
        <Select
          label={t('bar.board')}
          className={classes.select}
          value={search.board ?? ''}
          onChange={(board) => change({ board: board || undefined })}
          data={[{ value: '', label: t('bar.allBoards') }, ...boards.map(({ id, name }) => ({ value: id, label: name }))]}
          allowDeselect={false}
        />
      )}
      {OF_AMOUNTS.has(report) && (
        <>
          <Choice
            label={t('bar.measure')}
            value={measureOf(search)}
            onChange={(measure) => change({ measure: measure === 'POINTS' ? undefined : measure })}
            data={MEASURES.map((value) => ({ value, label: t(`measure.${value}`) }))}
          />
          <Choice
            label={t('bar.counted')}
            value={countedOf(search)}
            onChange={(counted) => change({ counted: counted === 'LEAVES' ? undefined : counted })}
            data={COUNTED.map((value) => ({ value, label: t(`counted.${value}`) }))}
          />
        </>
      )}
      {OF_DAYS.has(report) && (
        <Choice
          label={t('bar.days')}
          value={String(daysOf(search))}
          onChange={(days) => change({ days: Number(days) === 84 ? undefined : Number(days) })}
          data={PICTURE_DAYS.map((days) => ({ value: String(days), label: t(`bar.window.${days}`) }))}
        />
      )}
      {report === 'cycle-time' && (
        <Choice
          label={t('bar.of')}
          value={search.of ?? 'CYCLE'}
          onChange={(of) => change({ of: of === 'LEAD' ? 'LEAD' : undefined })}
          data={(['CYCLE', 'LEAD'] as const).map((value) => ({ value, label: t(`of.${value}`) }))}
        />
      )}
      {OF_CHANGES.has(report) && (
        <Choice
          label={t('bar.read')}
          value={search.exact ? 'CHANGES' : 'DAYS'}
          onChange={(read) => change({ exact: read === 'CHANGES' || undefined })}
          data={(['DAYS', 'CHANGES'] as const).map((value) => ({ value, label: t(`read.${value}`) }))}
        />
      )}
      {report === 'efficiency' && (
        <label className={classes.check}>
          <input type="checkbox" checked={search.working ?? false} onChange={(event) => change({ working: event.currentTarget.checked || undefined })} />
          {t('bar.working')}
        </label>
      )}
      {OF_PAST.has(report) && <AsOf search={search} timeZone={project.timeZone} onChange={change} hasKnown={OF_KNOWN.has(report)} />}
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  data: { value: Value; label: string }[];
}

function Choice<Value extends string>({ label, value, onChange, data }: ChoiceProps<Value>) {
  return (
    <div className={classes.choice}>
      <span aria-hidden="true">{label}</span>
      <Segments label={label} value={value} onChange={onChange} data={data} />
    </div>
  );
}
