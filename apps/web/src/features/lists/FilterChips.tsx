import { CloseButton } from '@mantine/core';
import { print, type Condition, type FieldSpecs, type Query, type Value } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import type { ListWords } from './list-words.ts';
import classes from './FilterChips.module.css';

export interface FilterChipsProps {
  query: Query;
  fields: FieldSpecs;
  words: ListWords;
  onAsk: (text: string) => void;
}

/** The conditions of a query in the reader's language. Each can be taken away. */
export function FilterChips({ query, fields, words, onAsk }: FilterChipsProps) {
  const { t } = useTranslation('lists');
  const valueText = (condition: Condition, value: Value): string => {
    if (value.is === 'NONE' || value.is === 'ME') return t(`value.${value.is}`);
    if (value.is === 'WORD') return words.word(condition.field, value.word);
    if (value.is === 'TEXT') return value.text;
    const [from, to] = value.is === 'TIMES' ? [value.from, value.to] : [null, null];
    if (from?.value.at === 'TODAY' && to?.value.at === 'AHEAD' && !from.open && !to.open) return t(`ahead.${to.value.unit as 'd'}`, { count: to.value.amount });
    const since = from?.value.at === 'AGO' && !from.open && (to === null || (to.value.at === 'TODAY' && !to.open)) ? from.value : null;
    if (since) return t(`since.${since.unit}`, { count: since.amount });
    const alone = print({ conditions: [{ ...condition, negated: false, values: [value] }], words: [], sort: [] }, fields);
    return alone.slice(condition.field.length + 1);
  };
  const chips = [
    ...query.conditions.map((condition, at) => ({
      text: t(condition.negated ? 'chip.not' : 'chip.is', {
        field: words.field(condition.field),
        values: condition.values.map((value) => valueText(condition, value)).join(t('chip.or')),
      }),
      without: { ...query, conditions: query.conditions.toSpliced(at, 1) },
    })),
    ...query.words.map((word, at) => ({
      text: t(word.negated ? 'chip.without' : 'chip.with', { text: word.text }),
      without: { ...query, words: query.words.toSpliced(at, 1) },
    })),
  ];
  if (chips.length === 0) return null;
  return (
    <ul className={classes.root} aria-label={t('conditions')}>
      {chips.map(({ text, without }, i) => (
        <li key={i} className={classes.chip}>
          <span className={classes.text}>{text}</span>
          <CloseButton size="xs" aria-label={t('remove', { condition: text })} onClick={() => onAsk(print(without, fields))} />
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <button type="button" className={classes.all} onClick={() => onAsk(print({ ...query, conditions: [], words: [] }, fields))}>
            {t('clearAll')}
          </button>
        </li>
      )}
    </ul>
  );
}
