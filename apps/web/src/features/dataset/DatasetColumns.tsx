import type { DatasetColumn } from '@trainyard/domain';
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
            <th scope="col" data-numeric>{t('field.missing')}</th>
            <th scope="col" data-numeric>{t('field.min')}</th>
            <th scope="col" data-numeric>{t('field.mean')}</th>
            <th scope="col" data-numeric>{t('field.max')}</th>
            <th scope="col">{t('field.values')}</th>
          </>
        }
      >
        {columns.map((column) => (
          <tr key={column.name}>
            <th scope="row">{column.name}</th>
            <td>{t(`columnType.${column.type}`)}</td>
            <td data-numeric>{column.missing === 0 ? '0' : `${format.number(column.missing)} (${format.percent(rows === 0 ? 0 : column.missing / rows)})`}</td>
            <td data-numeric>{figure(column.min)}</td>
            <td data-numeric>{figure(column.mean)}</td>
            <td data-numeric>{figure(column.max)}</td>
            <td className={classes.values}>
              {column.categories.slice(0, NAMED).map(({ value, count }) => `${value} (${format.number(count)})`).join(t('listSeparator'))}
              {column.categories.length > NAMED && ` ${t('page.moreValues', { formatted: format.number(column.categories.length - NAMED) })}`}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
