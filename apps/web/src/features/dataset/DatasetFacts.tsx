import { DATASET_FILE_ROLES, DATASET_FORMS, DATASET_UNITS, PATH_REASONS } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import classes from './DatasetFacts.module.css';

/** What can be wrong with data, by the code that screens have words for. */
export const DATASET_PROBLEMS = [
  'DATASET_EMPTY',
  'DATASET_MALFORMED',
  'DATASET_TRUNCATED',
  'DATASET_NOT_NUMERIC',
  'DATASET_ONE_CLASS',
  'DATASET_TOO_SMALL',
  'DATASET_TOO_LARGE',
  'DATASET_COUNT_MISMATCH',
  'DATASET_SHAPE_MISMATCH',
  'DATASET_PATH_UNREADABLE',
  'DATASET_PATH_FORBIDDEN',
] as const;
const FACTS = [
  'file',
  'path',
  'encoding',
  'line',
  'row',
  'column',
  'first',
  'second',
  'form',
  'expected',
  'needed',
  'got',
  'limit',
  'byte',
  'class',
  'reason',
] as const;
/** Facts in the unit that the refusal counts. */
const COUNTS: ReadonlySet<string> = new Set(['expected', 'needed', 'got', 'limit']);

/** Where in the data something is wrong, what was expected there and what was found. */
export function DatasetFacts({ facts }: { facts: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation('dataset');
  const format = useFormat();
  const text = (name: (typeof FACTS)[number]): string => {
    const value = facts[name];
    const [role, form, reason] = [oneOf(DATASET_FILE_ROLES, value), oneOf(DATASET_FORMS, value), oneOf(PATH_REASONS, value)];
    if (name === 'file' && role) return t(`role.${role}`);
    if (name === 'form' && form) return t(`form.${form}`);
    if (name === 'reason' && reason) return t(`pathReason.${reason}`);
    if (typeof value !== 'number') return String(value);
    const unit = COUNTS.has(name) ? oneOf(DATASET_UNITS, facts.unit) : undefined;
    return unit ? t(`unit.${unit}`, { count: value, formatted: format.number(value) }) : format.number(value);
  };
  const given = FACTS.filter((name) => facts[name] !== undefined && facts[name] !== null);
  if (given.length === 0) return null;
  return (
    <dl className={classes.facts}>
      {given.map((name) => (
        <div key={name}>
          <dt>{t(`problemFact.${name}`)}</dt>
          <dd>{text(name)}</dd>
        </div>
      ))}
    </dl>
  );
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((one) => one === value);
}
