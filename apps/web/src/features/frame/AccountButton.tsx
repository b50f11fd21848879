import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { Face } from '@trainyard/ui';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../access/useActor.ts';
import classes from './AccountButton.module.css';
import { useLater } from '../shell/useLater.ts';

const load = () => import('./AccountMenu.tsx');

/** Who is signed in; opens the menu of the account. */
export function AccountButton() {
  const { t } = useTranslation('shell');
  const { user } = useViewer();
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
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={(event) => setAt(event.currentTarget.getBoundingClientRect())}
      >
        <Face id={user.id} name={user.name} />
        <VisuallyHidden>{t('account.menu')}</VisuallyHidden>
        <span className={classes.who}>
          <span className={classes.name}>{user.name}</span>
          <span className={classes.role}>{t(`orgRole.${user.orgRole}`)}</span>
        </span>
      </UnstyledButton>
      {Menu && at && <Menu at={at} onClose={close} />}
    </>
  );
}
