import { allocatedOn, type Allocation } from '@trainyard/domain';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { serverToday } from '../../server-clock.ts';
import classes from './AllocationWarning.module.css';
import type { Candidate } from './PersonSelect.tsx';

export interface AllocationWarningProps {
  person: Candidate;
  /** The membership that `wanted` replaces. */
  membershipId?: string;
  wanted: Allocation;
}

/** Says, before it is saved, that a person would be promised for more time than they have. Allowed all the same. */
export function AllocationWarning({ person, membershipId, wanted }: AllocationWarningProps) {
  const { t } = useTranslation('staffing');
  const others = person.memberships.filter((membership) => membership.id !== membershipId);
  const today = serverToday();
  const day = wanted.fromDate !== null && wanted.fromDate > today ? wanted.fromDate : today;
  const total = allocatedOn([...others, wanted], day);
  return (
    <div role="status">
      {total > 100 && (
        <p className={classes.warning}>
          <IconAlertTriangle size={16} aria-hidden="true" />
          <span>
            {t('wouldBeOver', { name: person.name, total })} {others.map((membership) => `${membership.team.name} ${membership.allocation}%`).join(' · ')}
          </span>
        </p>
      )}
    </div>
  );
}
