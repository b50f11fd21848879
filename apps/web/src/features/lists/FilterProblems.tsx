import { Button } from '@mantine/core';
import type { QueryError } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { asFacts } from '../../i18n/formats.ts';
import classes from './FilterProblems.module.css';

export interface FilterProblemsProps {
  id: string;
  text: string;
  errors: readonly QueryError[];
  /** Leads to the place in the text. */
  onShow: (error: QueryError) => void;
  /** Puts what was probably meant in its place. */
  onMend: (error: QueryError, suggestion: string) => void;
}

/** What is wrong with the text of a query, a sentence each. What was found before stays until it is right. */
export function FilterProblems({ id, text, errors, onShow, onMend }: FilterProblemsProps) {
  const { t } = useTranslation('lists');
  return (
    <ul id={id} className={classes.root} aria-live="polite" hidden={errors.length === 0}>
      {errors.map((error) => {
        const wrong = text.slice(error.start, error.end);
        const { suggestion } = error.params;
        const meant = typeof suggestion === 'string' ? (error.problem === 'NOT_SORTABLE' && wrong.startsWith('-') ? `-${suggestion}` : suggestion) : null;
        return (
          <li key={`${error.start} ${error.problem}`} className={classes.problem}>
            {wrong.trim() !== '' && wrong.length < 60 && (
              <button type="button" className={classes.place} onClick={() => onShow(error)} title={t('showPlace')}>
                {wrong}
              </button>
            )}
            <span>{t(`problem.${error.problem}`, asFacts(error.params))}</span>
            {meant !== null && (
              <Button size="compact-xs" variant="default" onClick={() => onMend(error, meant)}>
                {t('mend', { suggestion: meant })}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
