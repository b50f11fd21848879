import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MODIFIER } from '../shell/keys.ts';
import classes from './ShortcutSheet.module.css';

/** Each line: the keys to press (in turn, where there are several) and the text of what they do. */
const GROUPS = {
  anywhere: [
    { keys: [`${MODIFIER} K`], text: 'palette' },
    { keys: ['?'], text: 'sheet' },
    { keys: ['G', 'B'], text: 'goBoard' },
    { keys: ['G', 'H'], text: 'goHome' },
    { keys: ['G', 'D'], text: 'goDatasets' },
    { keys: ['G', 'R'], text: 'goRunners' },
    { keys: ['G', 'T'], text: 'goTeams' },
    { keys: ['G', 'P'], text: 'goPeople' },
    { keys: ['G', 'S'], text: 'goSettings' },
  ],
  board: [
    { keys: ['C'], text: 'create' },
    { keys: ['J', 'K'], text: 'next' },
    { keys: ['←', '→'], text: 'column' },
    { keys: ['Space'], text: 'peek' },
    { keys: ['Enter'], text: 'open' },
    { keys: ['M'], text: 'move' },
    { keys: ['S'], text: 'state' },
    { keys: ['A'], text: 'assign' },
    { keys: ['E'], text: 'estimate' },
    { keys: ['L'], text: 'label' },
    { keys: [`${MODIFIER} Z`], text: 'undo' },
    { keys: ['Esc'], text: 'close' },
  ],
} as const;

export default function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('shell');

  return (
    <Modal opened={opened} onClose={onClose} title={t('shortcuts.title')} size={640}>
      <div className={classes.groups}>
        {(['anywhere', 'board'] as const).map((group) => (
          <section key={group}>
            <h3 className={classes.heading}>{t(`shortcuts.group.${group}`)}</h3>
            <dl className={classes.lines}>
              {GROUPS[group].map((line) => (
                <div key={line.text} className={classes.line}>
                  <dt>{t(`shortcuts.${line.text}`)}</dt>
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
    </Modal>
  );
}
