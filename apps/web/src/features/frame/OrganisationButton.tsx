import { IconSelector } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../access/useActor.ts';
import { Brand } from '../shell/Brand.tsx';
import { MenuButton } from './MenuButton.tsx';
import classes from './OrganisationButton.module.css';

const load = () => import('./OrganisationMenu.tsx');

/** Whose Trainyard it is; opens what there is of the organisation. */
export function OrganisationButton() {
  const { t } = useTranslation('shell');
  const { organisation } = useViewer();
  return (
    <MenuButton load={load} className={classes.target} label={t('nav.organisation', { name: organisation.name })}>
      <Brand name={organisation.name} />
      <IconSelector size={14} aria-hidden="true" className={classes.more} />
    </MenuButton>
  );
}
