import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import {
  DECIMALS,
  DELIMITERS,
  ENCODINGS,
  QUOTES,
  READING_FIELDS,
  READING_LIMITS,
  THOUSANDS,
  missingKey,
  normalForm,
  type AskedColumn,
  type AskedReading,
} from '@trainyard/domain';
import { useMemo, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { DatasetProblem } from './DatasetProblem.tsx';
import { PreviewRows } from './PreviewRows.tsx';
import classes from './ReadingFields.module.css';
import { useEvidenceText, useFormatText } from './useEvidenceText.ts';
import { viewOf, type Sample } from './table-sample.ts';

const PREVIEW_ROWS = 6;
const PREVIEW_COLUMNS = 30;
/** Columns listed at once; the others are found by their name. */
const LISTED = 40;

const CHOICES = { encoding: ENCODINGS, delimiter: DELIMITERS, quote: QUOTES, header: ['true', 'false'], decimal: DECIMALS, thousands: THOUSANDS } as const;

export interface ReadingFieldsProps {
  sample: Sample;
  asked: AskedReading;
  onChange: (asked: AskedReading) => void;
}

/** How a table is read: each guess with its evidence, to be changed, over a preview that follows. */
export function ReadingFields({ sample, asked, onChange }: ReadingFieldsProps) {
  const { t } = useTranslation('dataset');
  const format = useFormat();
  const why = useEvidenceText();
  const nameOf = useFormatText();
  const view = useMemo(() => viewOf(sample, asked), [sample, asked]);
  const set = (field: keyof typeof CHOICES, text: string): void => {
    const value = text === '' ? null : field === 'header' ? text === 'true' : text;
    onChange({ ...asked, [field]: value });
  };
  const rowsField = useRef<HTMLInputElement>(null);
  const delimiterField = useRef<HTMLSelectElement>(null);
  // The button goes with what was refused: the focus goes where what it did is shown.
  const leaveOut = (skip: number): void => {
    onChange({ ...asked, skip });
    rowsField.current?.focus();
  };
  const takeWhole = (): void => {
    onChange({ ...asked, delimiter: 'NONE' });
    delimiterField.current?.focus();
  };
  return (
    <div className={classes.root}>
      <div className={classes.grid}>
        {READING_FIELDS.map((field) => {
          const evidence = view.evidence.find((one) => one.field === field);
          if (field === 'skip')
            return (
              <RowsAtTheTop key={field} ref={rowsField} skip={asked.skip} why={evidence && why(evidence)} onChange={(skip) => onChange({ ...asked, skip })} />
            );
          const guessed = nameOf(field, view.format);
          return (
            <NativeSelect
              key={field}
              ref={field === 'delimiter' ? delimiterField : undefined}
              label={t(`reading.label.${field}`)}
              description={evidence && why(evidence)}
              inputWrapperOrder={['label', 'input', 'description']}
              value={asked[field] === null ? '' : String(asked[field])}
              onChange={(event) => set(field, event.currentTarget.value)}
              data={[
                { value: '', label: asked[field] === null ? t('reading.guessed', { value: guessed }) : t('reading.guess') },
                ...CHOICES[field].map((value) => ({ value, label: t(`reading.${field}.${value}` as 'reading.encoding.UTF_8') })),
              ]}
            />
          );
        })}
      </div>
      {view.refused && (
        <DatasetProblem
          kind="CSV"
          code={view.refused.code}
          params={view.refused.params}
          action={
            (view.above > 0 || view.oneColumn) && (
              <Group gap="xs">
                {view.above > 0 && (
                  <Button size="compact-sm" variant="default" onClick={() => leaveOut(view.above)}>
                    {t('reading.leaveOut', { count: view.above, formatted: format.number(view.above) })}
                  </Button>
                )}
                {view.oneColumn && (
                  <Button size="compact-sm" variant="default" onClick={takeWhole}>
                    {t('reading.oneColumn')}
                  </Button>
                )}
              </Group>
            )
          }
        />
      )}
      <PreviewRows
        label={t('reading.preview')}
        names={view.names.slice(0, PREVIEW_COLUMNS)}
        rows={view.data.slice(0, PREVIEW_ROWS).map((row) => row.slice(0, PREVIEW_COLUMNS))}
        maxHeight={220}
      />
      {view.names.length > 0 && <Columns view={view} asked={asked} onChange={(columns) => onChange({ ...asked, columns })} />}
    </div>
  );
}

/** How many rows stand above the table, and are no part of it. Emptied it is nobody's decision. */
function RowsAtTheTop({
  ref,
  skip,
  why,
  onChange,
}: {
  ref: RefObject<HTMLInputElement | null>;
  skip: number | null;
  why: string | undefined;
  onChange: (skip: number | null) => void;
}) {
  const { t } = useTranslation('dataset');
  const { number } = useFormat();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = skip === null ? '' : String(skip);
  const valid = (text: string): boolean => text.trim() === '' || (/^\d+$/.test(text.trim()) && Number(text) <= READING_LIMITS.skip);
  const write = (text: string): void => {
    setTyped(text);
    if (valid(text)) onChange(text.trim() === '' ? null : Number(text));
  };
  return (
    <TextInput
      ref={ref}
      label={t('reading.label.skip')}
      description={why}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      inputMode="numeric"
      autoComplete="off"
      placeholder={t('reading.guessed', { value: number(0) })}
      value={typed ?? shown}
      onChange={(event) => write(event.currentTarget.value)}
      onBlur={() => setTyped(null)}
      onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      error={typed !== null && !valid(typed) && t('create.range', { min: number(0), max: number(READING_LIMITS.skip) })}
    />
  );
}

function Columns({ view, asked, onChange }: { view: ReturnType<typeof viewOf>; asked: AskedReading; onChange: (columns: AskedColumn[]) => void }) {
  const { t } = useTranslation('dataset');
  const format = useFormat();
  const [wanted, setWanted] = useState('');
  const found = view.names.filter((name) => normalForm(name).includes(normalForm(wanted)));
  const rows = view.data.length;
  const change = (name: string, part: Partial<AskedColumn>): void => {
    const before = asked.columns.find((column) => column.name === name) ?? { name, type: null, missing: null };
    const after = { ...before, ...part };
    const others = asked.columns.filter((column) => column.name !== name && view.names.includes(column.name));
    onChange(after.type === null && after.missing === null ? others : [...others, after]);
  };
  return (
    <section>
      <h3 className={classes.heading}>{t('reading.columns')}</h3>
      {view.names.length > LISTED && (
        <TextInput
          size="xs"
          label={t('reading.find')}
          description={t('reading.found', { shown: format.number(Math.min(LISTED, found.length)), of: format.number(view.names.length) })}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      <ul className={classes.columns}>
        {found.slice(0, LISTED).map((name) => {
          const tallied = view.columns.find((column) => column.reading.name === name);
          const own = asked.columns.find((column) => column.name === name);
          const guessedWords = tallied?.reading.missing ?? [];
          return (
            <li key={name} className={classes.column}>
              <span className={classes.name} title={name}>
                {name}
              </span>
              <NativeSelect
                size="xs"
                aria-label={t('reading.typeOf', { name })}
                value={own?.type ?? ''}
                onChange={(event) => change(name, { type: event.currentTarget.value === '' ? null : (event.currentTarget.value as 'NUMBER' | 'CATEGORY') })}
                data={[
                  { value: '', label: tallied && !own?.type ? t('reading.guessed', { value: t(`columnType.${tallied.reading.type}`) }) : t('reading.guess') },
                  { value: 'NUMBER', label: t('columnType.NUMBER') },
                  { value: 'CATEGORY', label: t('columnType.CATEGORY') },
                ]}
              />
              <Words
                label={t('reading.wordsOf', { name })}
                guessed={guessedWords}
                words={own?.missing ?? null}
                onChange={(missing) => change(name, { missing })}
              />
              <span className={classes.facts}>
                {tallied &&
                  (tallied.summary.missing > 0
                    ? t('reading.without', {
                        missing: format.number(tallied.summary.missing),
                        rows: format.number(rows),
                        words: (tallied.summary.gaps ?? [])
                          .map(({ word, count }) => `${word === '' ? t('reading.empty') : `“${word}”`} ${format.number(count)}`)
                          .join(t('listSeparator')),
                      })
                    : t('reading.withoutNone', { rows: format.number(rows) }))}
                {tallied?.summary.evidence &&
                  ` · ${t(`reading.columnWhy.${tallied.summary.evidence.reason}`, { example: tallied.summary.evidence.example ?? '' })}`}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Words for "no value", separated by commas; left alone they are guessed, emptied none is one. */
function Words({
  label,
  guessed,
  words,
  onChange,
}: {
  label: string;
  guessed: readonly string[];
  words: readonly string[] | null;
  onChange: (words: string[] | null) => void;
}) {
  const { t } = useTranslation('dataset');
  const [typed, setTyped] = useState<string | null>(null);
  const shown = (words ?? guessed).join(', ');
  const keep = (): void => {
    if (typed === null) return;
    const next = typed
      .split(/[,，、]/)
      .map((word) => word.trim())
      .filter((word) => word !== '');
    setTyped(null);
    if (next.map(missingKey).join() !== (words ?? guessed).map(missingKey).join()) onChange(next);
  };
  return (
    <TextInput
      size="xs"
      aria-label={label}
      placeholder={t('reading.wordsNone')}
      value={typed ?? shown}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => event.key === 'Enter' && (event.preventDefault(), keep())}
    />
  );
}
