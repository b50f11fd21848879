import { UnstyledButton } from '@mantine/core';
import { IconSelector } from '@tabler/icons-react';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../access/useActor.ts';
import { Brand } from '../shell/Brand.tsx';
import { useLater } from '../shell/useLater.ts';
import classes from './OrganisationButton.module.css';

const load = () => import('./OrganisationMenu.tsx');

/** Whose Trainyard it is; opens what there is of the organisation. */
export function OrganisationButton() {
  const { t } = useTranslation('shell');
  const { organisation } = useViewer();
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<DOMRect | null>(null);
  const close = useCallback(() => {
    setAt(null);
    button.current?.focus();
  }, []);
  const Menu = useLater(load, at !== null, close);
  return (
    <>
      <UnstyledButton
        ref={button}
        className={classes.target}
        aria-label={t('nav.organisation', { name: organisation.name })}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={(event) => setAt(event.currentTarget.getBoundingClientRect())}
      >
        <Brand name={organisation.name} />
        <IconSelector size={14} aria-hidden="true" className={classes.more} />
      </UnstyledButton>
      {Menu && at && <Menu at={at} onClose={close} />}
    </>
  );
}
