import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './NavigationDrawer.module.css';
import { Sidebar } from './Sidebar.tsx';

/** The navigation of a narrow screen. */
export default function NavigationDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      size={264}
      padding={0}
      withCloseButton={false}
      title={t('nav.label')}
      transitionProps={{ duration: 120 }}
      classNames={{ header: classes.header, body: classes.body }}
    >
      <Sidebar />
    </Drawer>
  );
}
