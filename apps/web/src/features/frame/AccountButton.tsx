import { VisuallyHidden } from '@mantine/core';
import { Face } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../access/useActor.ts';
import classes from './AccountButton.module.css';
import { MenuButton } from './MenuButton.tsx';

const load = () => import('./AccountMenu.tsx');

/** Who is signed in; opens the menu of the account. */
export function AccountButton() {
  const { t } = useTranslation('shell');
  const { user } = useViewer();
  return (
    <MenuButton load={load} className={classes.target}>
      <Face id={user.id} name={user.name} />
      <VisuallyHidden>{t('account.menu')}</VisuallyHidden>
      <span className={classes.who}>
        <span className={classes.name}>{user.name}</span>
        <span className={classes.role}>{t(`orgRole.${user.orgRole}`)}</span>
      </span>
    </MenuButton>
  );
}
