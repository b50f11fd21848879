import { useMutation } from '@apollo/client/react';
import { Badge, Button } from '@mantine/core';
import { ConfirmDialog, HeadOfActions, Table } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { serverNow } from '../../server-clock.ts';
import { Section } from '../shell/Page.tsx';
import { useToast } from '../shell/useToast.ts';
import { nameOfBrowser } from './browser-name.ts';
import classes from './Sessions.module.css';
import { EndOtherSessionsDocument, EndSessionDocument, SettingsDocument, type SettingsQuery } from './settings.generated.ts';
import { useSignOut } from './useSignOut.ts';

type Session = SettingsQuery['viewer']['sessions'][number];
type Question = 'others' | 'everywhere';

/** More than these are shown when asked for: the tokens below must stay in sight. */
const SHOWN = 4;

/** Where one is signed in: each is ended alone, or all others, or all. */
export function Sessions({ sessions }: { sessions: readonly Session[] }) {
  const { t } = useTranslation(['access', 'shell']);
  const { signOutEverywhere, pending } = useSignOut();
  const toast = useToast();
  const again = { refetchQueries: [SettingsDocument], awaitRefetchQueries: true, onError: toast.failed };
  const [endOthers, endingOthers] = useMutation(EndOtherSessionsDocument, again);
  const [endOne] = useMutation(EndSessionDocument, again);
  const [asking, setAsking] = useState<Question | null>(null);
  const [ending, setEnding] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const hidden = sessions.length - SHOWN;

  const end = async ({ id, userAgent }: Session): Promise<void> => {
    setEnding(id);
    const { data } = await endOne({ variables: { id } });
    if (data) toast.done(t('sessions.ended', { browser: nameOfBrowser(userAgent) ?? t('sessions.unknown') }));
    setEnding(null);
  };
  const confirm = async (): Promise<void> => {
    if (asking === 'everywhere') return signOutEverywhere();
    await endOthers();
    setAsking(null);
  };
  return (
    <Section
      title={t('sessions.title')}
      lead={t('sessions.lead')}
      actions={
        <div className={classes.actions}>
          {sessions.length > 1 && (
            <Button variant="default" onClick={() => setAsking('others')}>
              {t('sessions.others')}
            </Button>
          )}
          <Button variant="default" onClick={() => setAsking('everywhere')}>
            {t('sessions.everywhere')}
          </Button>
        </div>
      }
    >
      <Table
        caption={t('sessions.title')}
        minWidth={560}
        head={
          <>
            <th scope="col">{t('sessions.browser')}</th>
            <th scope="col">{t('sessions.address')}</th>
            <th scope="col">{t('sessions.since')}</th>
            <th scope="col">{t('sessions.seen')}</th>
            <HeadOfActions label={t('sessions.end')} />
          </>
        }
      >
        {(all ? sessions : sessions.slice(0, SHOWN)).map((session) => (
          <Row key={session.id} session={session} ending={ending === session.id} onEnd={() => void end(session)} />
        ))}
      </Table>
      {hidden > 0 && (
        <Button className={classes.more} variant="subtle" size="compact-sm" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('sessions.fewer') : t('sessions.more', { count: hidden })}
        </Button>
      )}
      <ConfirmDialog
        opened={asking !== null}
        title={t(asking === 'others' ? 'sessions.others' : 'sessions.everywhere')}
        labels={{ confirm: t(asking === 'others' ? 'sessions.others' : 'sessions.everywhere'), cancel: t('shell:cancel') }}
        pending={pending || endingOthers.loading}
        onConfirm={() => void confirm()}
        onCancel={() => setAsking(null)}
      >
        {t(asking === 'others' ? 'sessions.othersText' : 'sessions.everywhereText')}
      </ConfirmDialog>
    </Section>
  );
}

function Row({ session, ending, onEnd }: { session: Session; ending: boolean; onEnd: () => void }) {
  const { t } = useTranslation('access');
  const format = useFormat();
  const browser = nameOfBrowser(session.userAgent) ?? t('sessions.unknown');
  return (
    <tr>
      <th scope="row">
        {browser} {session.current && <Badge size="sm">{t('sessions.current')}</Badge>}
      </th>
      <td>{session.address ?? '–'}</td>
      <td data-time>{format.day(session.createdAt)}</td>
      <td data-time>{format.relative(session.lastSeenAt, serverNow())}</td>
      <td data-actions>
        {!session.current && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            c="var(--text-bad)"
            loading={ending}
            onClick={onEnd}
            aria-label={t('sessions.endOne', { browser })}
          >
            {t('sessions.end')}
          </Button>
        )}
      </td>
    </tr>
  );
}
