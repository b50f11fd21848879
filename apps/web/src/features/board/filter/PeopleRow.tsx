import { Menu } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { normalForm, valuesAsked, type Query, type Value } from '@trainyard/domain';
import { Face } from '@trainyard/ui';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../../access/useActor.ts';
import classes from './BoardFilter.module.css';
import type { BoardPerson } from './useBoardPeople.ts';

/** More than these stand in a menu. */
const SHOWN = 4;

export interface PeopleRowProps {
  people: readonly BoardPerson[];
  query: Query;
  /** @param alone in place of whoever is asked for */
  onToggle: (value: Value, alone: boolean) => void;
}

/** Whose cards are shown: one click is that person, a second one everybody. With Ctrl or Shift one more. */
export function PeopleRow({ people, query, onToggle }: PeopleRowProps) {
  const { t } = useTranslation('board');
  const { user } = useViewer();
  const asked = valuesAsked(query, 'assignee');
  const isDouble = (name: string): boolean => people.filter((one) => one.name !== null && normalForm(one.name) === normalForm(name)).length > 1;
  const valueOf = ({ key, name }: BoardPerson): Value => {
    if (key === null) return { is: 'NONE' };
    if (key === user.id) return { is: 'ME' };
    return { is: 'TEXT', text: name === null || isDouble(name) ? key : name };
  };
  const isAsked = (person: BoardPerson): boolean => asked.some((value) => means(value, person, user.id));
  const ask = (person: BoardPerson) => (event: MouseEvent) => {
    const more = event.ctrlKey || event.metaKey || event.shiftKey;
    // one is asked for under the name that is in the query already
    const value = asked.find((one) => means(one, person, user.id)) ?? valueOf(person);
    onToggle(value, !more);
  };
  const nameOf = ({ key, name }: BoardPerson): string => (key === null ? t('filter.nobody') : (name ?? ''));
  const labelOf = (person: BoardPerson): string => t('filter.person', { name: nameOf(person), count: person.total });
  const somebody = people.filter(({ key }) => key !== null);
  const nobody = people.find(({ key }) => key === null);
  // one who is asked for is in sight
  const first = somebody.length <= SHOWN + 1 ? somebody : [...somebody.slice(0, SHOWN), ...somebody.slice(SHOWN).filter(isAsked)];
  const rest = somebody.filter((person) => !first.includes(person));
  const face = (person: BoardPerson) => (
    <button key={person.key ?? 'none'} type="button" className={classes.person} aria-pressed={isAsked(person)} title={labelOf(person)} onClick={ask(person)}>
      {person.key === null ? (
        <IconUserQuestion size={15} stroke={1.6} role="img" aria-label={labelOf(person)} />
      ) : (
        <Face id={person.key} name={person.name ?? ''} size={26} label={labelOf(person)} />
      )}
    </button>
  );
  return (
    <div role="group" aria-label={t('filter.people')} className={classes.people}>
      {first.map(face)}
      {rest.length > 0 && (
        <Menu position="bottom-start" width={240}>
          <Menu.Target>
            <button type="button" className={classes.others} aria-label={t('filter.morePeople', { count: rest.length })}>
              +{rest.length}
            </button>
          </Menu.Target>
          <Menu.Dropdown className={classes.choices}>
            {rest.map((person) => (
              <Menu.Item
                key={person.key}
                leftSection={<Face id={person.key ?? ''} name={person.name ?? ''} size={20} />}
                rightSection={person.total}
                onClick={ask(person)}
              >
                {nameOf(person)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {nobody && face(nobody)}
    </div>
  );
}

function means(value: Value, { key, name }: BoardPerson, me: string): boolean {
  if (value.is === 'NONE') return key === null;
  if (value.is === 'ME') return key === me;
  return value.is === 'TEXT' && (value.text === key || (name !== null && normalForm(value.text) === normalForm(name)));
}
