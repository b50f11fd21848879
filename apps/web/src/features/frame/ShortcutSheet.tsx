import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MODIFIER } from '../shell/keys.ts';
import { useRooms, type ShortcutGroup } from '../shell/rooms.ts';
import classes from './ShortcutSheet.module.css';

const ANYWHERE = 'shortcuts.group.anywhere';
const OF_THE_FRAME: ShortcutGroup['lines'] = [
  { keys: [`${MODIFIER} K`], text: 'shortcuts.palette' },
  { keys: ['?'], text: 'shortcuts.sheet' },
];

export default function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('shell');
  const rooms = useRooms();
  const goKeys = rooms.flatMap((room) => room.goKeys ?? []).map(({ letter, text }) => ({ keys: ['G', letter.toUpperCase()], text }));
  const ofRooms = rooms.flatMap((room) => room.shortcuts ?? []);
  const anywhere = ofRooms.filter(({ heading }) => heading === ANYWHERE).flatMap(({ lines }) => lines);
  const groups: readonly ShortcutGroup[] = [
    { heading: ANYWHERE, lines: [...OF_THE_FRAME, ...anywhere, ...goKeys] },
    ...ofRooms.filter(({ heading }) => heading !== ANYWHERE),
  ];

  return (
    <Modal opened={opened} onClose={onClose} title={t('shortcuts.title')} size={640}>
      <div className={classes.groups}>
        {groups.map(({ heading, lines }) => (
          <section key={heading}>
            <h3 className={classes.heading}>{t(heading)}</h3>
            <dl className={classes.lines}>
              {lines.map((line) => (
                <div key={line.text} className={classes.line}>
                  <dt>{t(line.text)}</dt>
                  <dd>
                    {line.keys.map((key) => (
                      <Kbd key={key} size="xs">
                        {key}
                      </Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={classes.guide}>
        <a href="/guide/index.html" target="_blank" rel="noopener" hrefLang="en">
          {t('shortcuts.guide')}
        </a>
      </p>
    </Modal>
  );
}
