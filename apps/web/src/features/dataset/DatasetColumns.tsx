import { MAX_DISTINCT, type DatasetColumn } from '@trainyard/domain';
import { Table } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import classes from './DatasetColumns.module.css';

/** How many values of a category are named before the rest is only counted. */
const NAMED = 5;

/** The columns of a table: type, gaps, range, values. */
export function DatasetColumns({ columns, rows }: { columns: readonly DatasetColumn[]; rows: number }) {
  const { t } = useTranslation('dataset');
  const format = useFormat();
  // The list is cut off where it is long: how many values there are stands beside it.
  const others = ({ distinct, categories }: DatasetColumn): string => {
    const values = distinct ?? categories.length;
    return values > MAX_DISTINCT
      ? t('page.manyMoreValues', { formatted: format.number(MAX_DISTINCT - NAMED) })
      : t('page.moreValues', { formatted: format.number(values - NAMED) });
  };
  const figure = (value: number | null): string => (value === null ? '–' : format.figure(value));
  return (
    <section className={classes.root}>
      <h2 className={classes.heading}>{t('page.columns')}</h2>
      <Table
        caption={t('page.columns')}
        minWidth={720}
        head={
          <>
            <th scope="col">{t('field.column')}</th>
            <th scope="col">{t('field.type')}</th>
            <th scope="col" data-numeric>
              {t('field.missing')}
            </th>
            <th scope="col" data-numeric>
              {t('field.min')}
            </th>
            <th scope="col" data-numeric>
              {t('field.mean')}
            </th>
            <th scope="col" data-numeric>
              {t('field.max')}
            </th>
            <th scope="col">{t('field.values')}</th>
          </>
        }
      >
        {columns.map((column) => (
          <tr key={column.name}>
            <th scope="row" className={classes.name}>
              {column.name}
            </th>
            <td>
              {t(`columnType.${column.type}`)}
              {column.evidence && (
                <span className={classes.why}>{t(`reading.columnWhy.${column.evidence.reason}`, { example: column.evidence.example ?? '' })}</span>
              )}
            </td>
            <td data-numeric>
              {column.missing === 0 ? '0' : `${format.number(column.missing)} (${format.percent(rows === 0 ? 0 : column.missing / rows)})`}
              {(column.gaps ?? []).some(({ word }) => word !== '') && (
                <span className={classes.why}>
                  {(column.gaps ?? [])
                    .map(({ word, count }) => `${word === '' ? t('reading.empty') : `“${word}”`} ${format.number(count)}`)
                    .join(t('listSeparator'))}
                </span>
              )}
            </td>
            <td data-numeric>{figure(column.min)}</td>
            <td data-numeric>{figure(column.mean)}</td>
            <td data-numeric>{figure(column.max)}</td>
            <td className={classes.values}>
              {column.categories
                .slice(0, NAMED)
                .map(({ value, count }) => `${value} (${format.number(count)})`)
                .join(t('listSeparator'))}
              {column.categories.length > NAMED && ` ${others(column)}`}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
