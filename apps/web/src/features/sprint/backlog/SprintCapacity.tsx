import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { ErrorNotice } from '../../shell/error/ErrorNotice.tsx';
import { SprintCapacityDocument, type SprintCapacityQuery } from '../sprints.generated.ts';
import classes from './SprintCapacity.module.css';

type Capacity = NonNullable<SprintCapacityQuery['sprint']>['capacity'];

/** What is in a sprint against what its people have time for: all together, and each where it is opened. */
export function SprintCapacity({ sprintId, name }: { sprintId: string; name: string }) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const { data, error, refetch } = useQuery(SprintCapacityDocument, { variables: { id: sprintId }, fetchPolicy: 'cache-and-network' });
  const capacity = data?.sprint?.capacity;
  if (!capacity) return error ? <ErrorNotice error={error} onRetry={refetch} /> : null;
  const over = capacity.people.filter(({ isOver }) => isOver);
  const hours = format.number(Math.round(capacity.minutes / 60));
  const tooMany = capacity.points - (capacity.capacity ?? 0);
  return (
    <div className={classes.root}>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        leftSection={<IconUsers size={14} aria-hidden="true" />}
        aria-expanded={isOpen}
        onClick={() => setOpen((now) => !now)}
      >
        {capacity.capacity === null
          ? t('capacity.hours', { count: capacity.points, hours, points: format.number(capacity.points) })
          : t('capacity.points', { count: capacity.capacity, hours, points: format.number(capacity.points), capacity: format.number(capacity.capacity) })}
      </Button>
      {(capacity.isOver || over.length > 0) && (
        <span className={classes.over}>
          <IconAlertTriangle size={14} aria-hidden="true" />
          {[
            capacity.isOver ? t('capacity.over', { count: tooMany, points: format.number(tooMany) }) : [],
            over.length > 0 ? t('capacity.overPeople', { count: over.length, names: over.map(({ person }) => person?.name ?? '').join(', ') }) : [],
          ]
            .flat()
            .join(' · ')}
        </span>
      )}
      {data.sprint?.state === 'CLOSED' && !capacity.isFrozen && <p className={classes.unkept}>{t('capacity.unkept')}</p>}
      {isOpen && <People capacity={capacity} name={name} />}
    </div>
  );
}

function People({ capacity: { people, ratio }, name }: { capacity: Capacity; name: string }) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const tooMany = (over: number): string => t('capacity.over', { count: over, points: format.number(over) });
  const hours = (minutes: number): string => t('capacity.h', { hours: format.number(Math.round(minutes / 6) / 10) });
  return (
    <div className={classes.people}>
      <table className={classes.table}>
        <caption className={classes.unseen}>{t('capacity.of', { name })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('capacity.person')}</th>
            <th scope="col" data-numeric>
              {t('capacity.time')}
            </th>
            <th scope="col" data-numeric>
              {t('capacity.comesTo')}
            </th>
            <th scope="col" data-numeric>
              {t('capacity.assigned')}
            </th>
            <th scope="col">
              <span className={classes.unseen}>{t('capacity.note')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ person, minutes, capacity, points, unestimated, isOver }) => (
            <tr key={person?.id ?? ''} data-over={isOver || undefined}>
              <th scope="row">{person?.name ?? t('capacity.nobody')}</th>
              <td data-numeric>{person && hours(minutes)}</td>
              <td data-numeric>{capacity === null ? '–' : format.number(capacity)}</td>
              <td data-numeric>{format.number(points)}</td>
              <td>
                {[
                  isOver ? (minutes === 0 ? t('capacity.noTime') : tooMany(points - (capacity ?? 0))) : [],
                  unestimated > 0 ? t('backlog.unestimated', { number: format.number(unestimated) }) : [],
                ]
                  .flat()
                  .join(' · ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.ratio}>
        {ratio
          ? t('capacity.ratio', { count: ratio.sprints, points: format.number(ratio.points), hours: format.number(Math.round(ratio.minutes / 60)) })
          : t('capacity.noRatio')}
      </p>
    </div>
  );
}
