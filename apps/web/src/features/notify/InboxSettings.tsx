import { useMutation, useQuery } from '@apollo/client/react';
import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useToast } from '../shell/useToast.ts';
import { InboxSettingsDocument, SetInboxReasonDocument } from './inbox.generated.ts';
import classes from './InboxPage.module.css';

/** A switch for each kind of news: what is off is not told from then on. */
export function InboxSettings() {
  const { t } = useTranslation('notify');
  const toast = useToast();
  const { data, error, refetch } = useQuery(InboxSettingsDocument, { fetchPolicy: 'cache-and-network' });
  const [set] = useMutation(SetInboxReasonDocument, {
    onError: toast.failed,
    update: (cache, { data: changed }) => {
      if (changed) cache.writeQuery({ query: InboxSettingsDocument, data: { inboxSettings: changed.setInboxReason } });
    },
  });
  const all = data?.inboxSettings;
  return (
    <fieldset className={classes.settings}>
      <legend>{t('settings.title')}</legend>
      {!all && <ErrorNotice error={error} onRetry={refetch} />}
      {all?.map(({ reason, on }) => (
        <Checkbox
          key={reason}
          label={t(`settings.${reason}`)}
          checked={on}
          onChange={({ currentTarget: { checked } }) =>
            void set({
              variables: { reason, on: checked },
              optimisticResponse: { setInboxReason: all.map((one) => (one.reason === reason ? { ...one, on: checked } : one)) },
            })
          }
        />
      ))}
    </fieldset>
  );
}
