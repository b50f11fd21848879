import { MultiSelect, NumberInput, TextInput } from '@mantine/core';
import { shiftedDay } from '@trainyard/domain';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answered } from '../Answered.tsx';
import { AsOf } from '../AsOf.tsx';
import { FanCard } from '../FanCard.tsx';
import { ForecastDocument, type ForecastQuery } from '../flow.generated.ts';
import { useReport } from '../report-context.ts';
import { awayOf, RUNNERS_MAX } from '../report-search.ts';
import classes from '../Reports.module.css';
import { projectDay } from '../../sprint/sprint-days.ts';
import { useReportAnswer } from '../useReportAnswer.ts';

const USUAL_COUNT = 10;
const USUAL_AHEAD = 14;
const COUNT_MAX = 100_000;

/** What comes, by chance: how many by a day, and when so many are done. */
export function ForecastReport() {
  const { t } = useTranslation('flow');
  const { project, search, change } = useReport();
  const count = search.count ?? USUAL_COUNT;
  const today = useForecastDay();
  const until = search.until ?? shiftedDay(today, USUAL_AHEAD);
  const away = awayOf(search);
  return (
    <>
      <div className={classes.bar}>
        <DayInput label={t('forecast.until')} value={until} onSave={(day) => change({ until: day })} />
        <WholeInput
          label={t('forecast.count')}
          value={count}
          min={1}
          max={COUNT_MAX}
          onSave={(n) => change({ count: n === null || n === USUAL_COUNT ? undefined : n })}
        />
        <WholeInput
          label={t('forecast.runners')}
          placeholder={t('forecast.runnersAll')}
          value={search.runners ?? null}
          min={0}
          max={RUNNERS_MAX}
          onSave={(n) => change({ runners: n ?? undefined })}
        />
        <MultiSelect
          label={t('forecast.away')}
          placeholder={away.length === 0 ? t('forecast.awayNobody') : undefined}
          className={classes.people}
          value={[...away]}
          onChange={(ids) => change({ away: ids.length === 0 ? undefined : ids.join(',') })}
          data={project.people.map(({ id, name }) => ({ value: id, label: name }))}
          searchable
        />
        <label className={classes.check}>
          <input type="checkbox" checked={search.absence ?? false} onChange={(event) => change({ absence: event.currentTarget.checked || undefined })} />
          {t('forecast.absence')}
        </label>
        <AsOf search={search} timeZone={project.timeZone} onChange={change} hasKnown={false} />
      </div>
      <Asked question="COUNT" until={until} count={null} />
      <Asked question="DAY" until={null} count={count} />
    </>
  );
}

interface AskedProps {
  question: 'COUNT' | 'DAY';
  until: string | null;
  count: number | null;
}

/** The answer as it is asked for; where people or machines thin it, beside what it would be without. */
function Asked({ question, until, count }: AskedProps) {
  const { project, search } = useReport();
  const asked = { projectId: project.id, until, count, asOf: search.asOf ?? null, presence: 1, absence: false, away: [], runners: null };
  const away = awayOf(search);
  const isThinned = search.absence === true || search.runners !== undefined || away.length > 0;
  const isLive = search.asOf === undefined;
  const answer = useReportAnswer(ForecastDocument, { ...asked, absence: search.absence ?? false, runners: search.runners ?? null, away: [...away] }, isLive);
  const plain = useReportAnswer(ForecastDocument, asked, isLive, !isThinned);
  return (
    <Answered answer={answer}>
      {({ projectForecast }: ForecastQuery) => (
        <FanCard question={question} until={until} count={count} forecast={projectForecast} plain={isThinned ? plain.data?.projectForecast : undefined} />
      )}
    </Answered>
  );
}

/** The day on which the forecast is made: today, or that of a past moment. */
function useForecastDay(): string {
  const { project, search } = useReport();
  return projectDay(project.timeZone, search.asOf === undefined ? undefined : new Date(search.asOf));
}

/** A day to come: what is past is no question. */
function DayInput({ label, value, onSave }: { label: string; value: string; onSave: (day: string) => void }) {
  const { t } = useTranslation('flow');
  const [typed, setTyped] = useState<string | null>(null);
  const first = shiftedDay(useForecastDay(), 1);
  const isPast = typed !== null && typed !== '' && typed < first;
  const save = (): void => {
    if (isPast) return;
    if (typed) onSave(typed);
    setTyped(null);
  };
  return (
    <TextInput
      type="date"
      label={label}
      className={classes.select}
      value={typed ?? value}
      min={first}
      error={isPast && t('forecast.past')}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
    />
  );
}

interface WholeInputProps {
  label: string;
  placeholder?: string;
  value: number | null;
  min: number;
  max: number;
  /** Null: the field was emptied. */
  onSave: (value: number | null) => void;
}

function WholeInput({ label, placeholder, value, min, max, onSave }: WholeInputProps) {
  const [typed, setTyped] = useState<string | number | null>(null);
  const save = (): void => {
    const number = typed === '' ? null : Number(typed);
    const isKnown = number === null || (Number.isInteger(number) && number >= min && number <= max);
    if (typed !== null && isKnown && number !== value) onSave(number);
    setTyped(null);
  };
  return (
    <NumberInput
      label={label}
      placeholder={placeholder}
      className={classes.numberField}
      value={typed ?? value ?? ''}
      min={min}
      max={max}
      allowDecimal={false}
      onChange={setTyped}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
    />
  );
}
