import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { Column } from '../lists/DataTable.tsx';
import { useNow } from '../shell/useNow.ts';
import { DatasetOwner } from './DatasetOwner.tsx';
import type { DatasetRowFragment } from './datasets.generated.ts';
import { DatasetStateBadge } from './DatasetStateBadge.tsx';
import { SyntheticBadge } from './SyntheticBadge.tsx';
import classes from './DatasetList.module.css';

type Row = DatasetRowFragment;

/** What a list shows of a dataset: a field is a row here. */
export function useDatasetColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('dataset');
  const format = useFormat();
  const now = useNow(30_000);
  return useMemo(
    () => [
      {
        field: 'name',
        head: t('list.field.name'),
        isSortable: true,
        isWide: true,
        cell: ({ id, name, source }) => (
          <span className={classes.name}>
            <Link to="/datasets/$datasetId" params={{ datasetId: id }} title={name}>
              {name}
            </Link>
            {source === 'SYNTHETIC' && <SyntheticBadge />}
          </span>
        ),
      },
      {
        field: 'state',
        head: t('list.field.state'),
        isSortable: true,
        cell: ({ state, checkedShare }) => <DatasetStateBadge state={state} share={checkedShare} />,
      },
      { field: 'kind', head: t('list.field.kind'), cell: ({ kind }) => t(`kind.${kind}`) },
      {
        field: 'project',
        head: t('list.field.project'),
        cell: ({ projectId }) => (
          <span className={classes.owner}>
            <DatasetOwner projectId={projectId} />
          </span>
        ),
      },
      {
        field: 'samples',
        head: t('list.field.samples'),
        isSortable: true,
        isNumeric: true,
        cell: (row) => samplesText(row, format.number),
      },
      { field: 'shape', head: t('field.shape'), isNumeric: true, isMinor: true, cell: shapeText },
      {
        field: 'size',
        head: t('list.field.size'),
        isSortable: true,
        isNumeric: true,
        cell: ({ sizeBytes }) => (sizeBytes === null ? null : format.bytes(sizeBytes)),
      },
      {
        field: 'created',
        head: t('list.field.created'),
        isSortable: true,
        isDescendingFirst: true,
        cell: ({ createdAt, createdBy }) => (
          <span className={classes.dimmed} title={[format.dateTime(createdAt), createdBy?.name].filter(Boolean).join(' · ')}>
            {format.relative(createdAt, now)}
          </span>
        ),
      },
    ],
    [t, format, now],
  );
}

/** Of a table the inputs depend on the column that a run predicts, so its width says little. */
function shapeText({ kind, inputShape }: Row): string | null {
  return kind === 'CSV' || inputShape.length === 0 ? null : inputShape.join('×');
}

function samplesText({ sampleCount, testCount }: Row, number: (value: number) => string): string | null {
  if (sampleCount === null) return null;
  return testCount ? `${number(sampleCount)} + ${number(testCount)}` : number(sampleCount);
}
