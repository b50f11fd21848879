import { IconAlertTriangle } from '@tabler/icons-react';
import { DATASET_FILE_ROLES, DATASET_FORMS, DATASET_UNITS, PATH_REASONS } from '@trainyard/domain';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import classes from './DatasetProblem.module.css';

const PROBLEMS = [
  'DATASET_EMPTY', 'DATASET_MALFORMED', 'DATASET_TRUNCATED', 'DATASET_NOT_NUMERIC', 'DATASET_ONE_CLASS', 'DATASET_TOO_SMALL', 'DATASET_TOO_LARGE',
  'DATASET_COUNT_MISMATCH', 'DATASET_SHAPE_MISMATCH', 'DATASET_PATH_UNREADABLE', 'DATASET_PATH_FORBIDDEN',
] as const;
const FACTS = ['file', 'path', 'row', 'column', 'form', 'expected', 'needed', 'got', 'limit', 'byte', 'class', 'reason'] as const;
/** Facts in the unit that the refusal counts. */
const COUNTS: ReadonlySet<string> = new Set(['expected', 'needed', 'got', 'limit']);

export interface DatasetProblemProps {
  code: string;
  params: unknown;
  /** What to do about it: buttons. */
  action?: ReactNode;
}

/** What is wrong with the data, where in it, what was expected and found, and what to do. */
export function DatasetProblem({ code, params, action }: DatasetProblemProps) {
  const { t } = useTranslation('dataset');
  const describe = useErrorMessage();
  const format = useFormat();
  const known = PROBLEMS.find((one) => one === code);
  const facts: Record<string, unknown> = typeof params === 'object' && params !== null ? { ...params } : {};
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
  return (
    <div className={classes.root} role="alert">
      <IconAlertTriangle size={18} aria-hidden="true" className={classes.icon} />
      <div className={classes.body}>
        <strong>{known ? t(`problem.${known}.what`) : describe({ code, params })}</strong>
        {known && <span>{t(`problem.${known}.do`)}</span>}
        {known && given.length > 0 && (
          <dl className={classes.facts}>
            {given.map((name) => (
              <div key={name}>
                <dt>{t(`problemFact.${name}`)}</dt>
                <dd>{text(name)}</dd>
              </div>
            ))}
          </dl>
        )}
        {action && <div className={classes.actions}>{action}</div>}
      </div>
    </div>
  );
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((one) => one === value);
}
