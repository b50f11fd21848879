import { NumberInput, TextInput } from '@mantine/core';
import { shiftedDay } from '@trainyard/domain';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answered } from '../Answered.tsx';
import { FanCard } from '../FanCard.tsx';
import { ForecastDocument, type ForecastQuery } from '../flow.generated.ts';
import { useReport } from '../report-context.ts';
import classes from '../Reports.module.css';
import { today } from '../../lists/export-address.ts';
import { useReportAnswer } from '../useReportAnswer.ts';

const USUAL_COUNT = 10;
const USUAL_AHEAD = 14;
const COUNT_MAX = 100_000;

/** What comes, by chance: how many by a day, and when so many are done. */
export function ForecastReport() {
  const { t } = useTranslation('flow');
  const { search, change } = useReport();
  const count = search.count ?? USUAL_COUNT;
  const until = search.until ?? shiftedDay(today(), USUAL_AHEAD);
  const presence = search.presence ?? 100;
  return (
    <>
      <div className={classes.bar}>
        <DayInput label={t('forecast.until')} value={until} onSave={(day) => change({ until: day })} />
        <WholeInput label={t('forecast.count')} value={count} min={1} max={COUNT_MAX} onSave={(n) => change({ count: n === USUAL_COUNT ? undefined : n })} />
        <WholeInput
          label={t('forecast.presence')}
          value={presence}
          min={0}
          max={100}
          suffix="%"
          onSave={(n) => change({ presence: n === 100 ? undefined : n })}
        />
      </div>
      <Asked question="COUNT" until={until} count={null} presence={presence} />
      <Asked question="DAY" until={null} count={count} presence={presence} />
    </>
  );
}

interface AskedProps {
  question: 'COUNT' | 'DAY';
  until: string | null;
  count: number | null;
  presence: number;
}

function Asked({ question, until, count, presence }: AskedProps) {
  const { project } = useReport();
  const answer = useReportAnswer(ForecastDocument, { projectId: project.id, until, count, presence: presence / 100 }, true);
  return (
    <Answered answer={answer}>
      {({ projectForecast }: ForecastQuery) => <FanCard question={question} until={until} count={count} forecast={projectForecast} />}
    </Answered>
  );
}

function DayInput({ label, value, onSave }: { label: string; value: string; onSave: (day: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const save = (): void => {
    if (typed) onSave(typed);
    setTyped(null);
  };
  return (
    <TextInput
      type="date"
      label={label}
      className={classes.select}
      value={typed ?? value}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
    />
  );
}

interface WholeInputProps {
  label: string;
  value: number;
  min: number;
  max: number;
  suffix?: string;
  onSave: (value: number) => void;
}

function WholeInput({ label, value, min, max, suffix = '', onSave }: WholeInputProps) {
  const [typed, setTyped] = useState<string | number | null>(null);
  const save = (): void => {
    const number = Number(typed);
    if (typed !== null && typed !== '' && Number.isInteger(number) && number >= min && number <= max && number !== value) onSave(number);
    setTyped(null);
  };
  return (
    <NumberInput
      label={label}
      className={classes.numberField}
      value={typed ?? value}
      min={min}
      max={max}
      allowDecimal={false}
      suffix={suffix}
      onChange={setTyped}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
    />
  );
}
