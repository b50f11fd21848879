import { Badge } from '@mantine/core';
import { Face } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import classes from './PersonName.module.css';

/** A person in a table. The address is empty for those who may not see it. */
export function PersonName({ person }: { person: { id: string; name: string; email: string; disabled: boolean } }) {
  const { t } = useTranslation('staffing');
  return (
    <span className={classes.person}>
      <Face {...person} />
      <span className={classes.text}>
        <span className={classes.name}>
          {person.name} {person.disabled && <Badge color="gray">{t('person.disabled')}</Badge>}
        </span>
        {person.email && <span className={classes.email}>{person.email}</span>}
      </span>
    </span>
  );
}
