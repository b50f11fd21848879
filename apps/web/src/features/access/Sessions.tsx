import { Badge, Button } from '@mantine/core';
import { ConfirmDialog, Table } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { serverNow } from '../../server-clock.ts';
import { Section } from '../shell/Page.tsx';
import { nameOfBrowser } from './browser-name.ts';
import type { SettingsQuery } from './settings.generated.ts';
import { useSignOut } from './useSignOut.ts';

export function Sessions({ sessions }: { sessions: SettingsQuery['viewer']['sessions'] }) {
  const { t } = useTranslation(['access', 'shell']);
  const format = useFormat();
  const { signOutEverywhere, pending } = useSignOut();
  const [asking, setAsking] = useState(false);
  return (
    <Section
      title={t('sessions.title')}
      lead={t('sessions.lead')}
      actions={
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('sessions.everywhere')}
        </Button>
      }
    >
      <Table
        caption={t('sessions.title')}
        head={
          <>
            <th scope="col">{t('sessions.browser')}</th>
            <th scope="col">{t('sessions.since')}</th>
            <th scope="col">{t('sessions.seen')}</th>
          </>
        }
      >
        {sessions.map((session) => (
          <tr key={session.id}>
            <th scope="row">
              {nameOfBrowser(session.userAgent) ?? t('sessions.unknown')} {session.current && <Badge size="sm">{t('sessions.current')}</Badge>}
            </th>
            <td data-time>{format.day(session.createdAt)}</td>
            <td data-time>{format.relative(session.lastSeenAt, serverNow())}</td>
          </tr>
        ))}
      </Table>
      <ConfirmDialog
        opened={asking}
        title={t('sessions.everywhere')}
        labels={{ confirm: t('sessions.everywhere'), cancel: t('shell:cancel'), close: t('shell:close') }}
        pending={pending}
        onConfirm={() => void signOutEverywhere()}
        onCancel={() => setAsking(false)}
      >
        {t('sessions.everywhereText')}
      </ConfirmDialog>
    </Section>
  );
}
