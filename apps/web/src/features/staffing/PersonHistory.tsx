import { Modal, Text } from '@mantine/core';
import { holdsOn, stints } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { Link } from '@tanstack/react-router';
import { serverToday } from '../../server-clock.ts';
import { useProfessionName } from '../../i18n/useProfessionName.ts';
import type { PersonRowFragment } from './people.generated.ts';
import { Period } from './Period.tsx';
import classes from './PersonHistory.module.css';

/** In which teams a person was, is and will be: stints by team, the latest first, with what changed within each. */
export function PersonHistory({ person, opened, onClose }: { person: PersonRowFragment; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('staffing');
  const professionName = useProfessionName();
  const today = serverToday();
  const byTeam = Map.groupBy([...person.memberships, ...person.pastMemberships], ({ team }) => team.id);
  const found = [...byTeam.values()].flatMap((stretches) => stints(stretches)).toSorted((a, b) => startOf(b).localeCompare(startOf(a)));
  return (
    <Modal opened={opened} onClose={onClose} title={t('history.title', { name: person.name })} size="lg">
      {found.length === 0 && <Text c="dimmed">{t('history.none')}</Text>}
      <ol className={classes.stints}>
        {found.map((stint) => {
          const [first, last] = [stint[0]!, stint.at(-1)!];
          return (
            <li key={first.id}>
              <div className={classes.head}>
                <Link to="/teams/$teamId" params={{ teamId: first.team.id }}>
                  {first.team.name}
                </Link>
                <span>
                  <Period fromDate={first.fromDate} toDate={last.toDate} />
                </span>
              </div>
              <ul className={classes.stretches}>
                {stint.map((one) => (
                  <li key={one.id} aria-current={holdsOn(one, today) || undefined}>
                    {professionName(one.profession)} · {t(`teamRole.${one.teamRole}`)} · {one.allocation}%
                    {stint.length > 1 && (
                      <>
                        {' · '}
                        <Period fromDate={one.fromDate} toDate={one.toDate} />
                      </>
                    )}
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ol>
    </Modal>
  );
}

const startOf = (stint: readonly { fromDate: string | null }[]): string => stint[0]?.fromDate ?? '';
