import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconArrowBackUp, IconBan, IconCheck, IconEqual, IconRepeat } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { can, CHAIN_MAX, FOLLOWS_EACH_MAX, FOLLOWS_MAX } from '@trainyard/domain';
import { StateMark } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { useHistoryWords } from '../activity/useHistoryWords.ts';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import { Moment } from '../shell/Moment.tsx';
import { useToast } from '../shell/useToast.ts';
import { UndoFiringDocument, type ListedFiringFragment } from './automation.generated.ts';
import type { RuleProject } from './rule-words.ts';
import classes from './Rules.module.css';

const LOOKS = {
  DONE: { tone: 'good', icon: IconCheck },
  UNCHANGED: { tone: 'quiet', icon: IconEqual },
  REFUSED: { tone: 'bad', icon: IconBan },
  LOOP: { tone: 'warn', icon: IconRepeat },
} as const;

export interface FiringRowProps {
  firing: ListedFiringFragment;
  project: RuleProject;
  /** Where those of several rules stand together. */
  showsRule: boolean;
}

/** One firing: what fired it, what it did, and the way to take it back. */
export function FiringRow({ firing, project, showsRule }: FiringRowProps) {
  const { t } = useTranslation('automation');
  const mayUndo = can(useActor(), 'ticket.write', scopeOf(project));
  const format = useFormat();
  const told = useHistoryWords();
  const message = useErrorMessage();
  const toast = useToast();
  const [undo, { loading, data: answer }] = useMutation(UndoFiringDocument, { errorPolicy: 'all', onError: toast.failed });
  const takeBack = async (): Promise<void> => {
    const { data } = await undo({ variables: { id: firing.id } });
    if (!data) return;
    if (data.undoFiring.refusals.length === 0) toast.done(t('undone'));
  };
  const said = firing.changes.flatMap((change) =>
    told(change).map((sentence) => ({
      sentence,
      key: change.ticketKey !== firing.ticketKey ? change.ticketKey : null,
    })),
  );
  const look = LOOKS[firing.outcome];
  return (
    <li className={classes.firing}>
      <div className={classes.firingText}>
        <div className={classes.firingHead}>
          <StateMark state={firing.outcome} {...look}>
            {t(`outcome.${firing.outcome}`)}
          </StateMark>
          {showsRule && (
            <Link to="/projects/$projectKey/rules/$ruleId" params={{ projectKey: project.key, ruleId: firing.ruleId }}>
              {firing.ruleName}
            </Link>
          )}
          {firing.ticketKey !== null && (
            <Link to="/tickets/$ticketKey" params={{ ticketKey: firing.ticketKey }}>
              {firing.ticketKey} {firing.ticketTitle}
            </Link>
          )}
          <span className={classes.quiet}>
            <Moment at={firing.at} /> · {t('version', { version: firing.ruleVersion })}
          </span>
        </div>
        {said.length > 0 && (
          <ul className={classes.changes}>
            {said.map(({ sentence, key }, i) => (
              <li key={i}>
                {key !== null && (
                  <Link to="/tickets/$ticketKey" params={{ ticketKey: key }}>
                    {key}
                  </Link>
                )}{' '}
                {sentence}
              </li>
            ))}
          </ul>
        )}
        {firing.outcome === 'REFUSED' && <p className={classes.quiet}>{message(firing.reason)}</p>}
        {firing.stopped !== null && (
          <p className={classes.quiet}>
            {t(`stopped.${firing.stopped}`, { each: FOLLOWS_EACH_MAX, all: format.number(FOLLOWS_MAX), most: CHAIN_MAX, chain: firing.chain.join(' → ') })}
          </p>
        )}
        {firing.stopped === null && firing.chain.length > 1 && <p className={classes.quiet}>{t('ledBy', { chain: firing.chain.join(' → ') })}</p>}
        {answer?.undoFiring.refusals.map(({ ticketKey, code, params }) => (
          <p key={`${ticketKey} ${code}`} role="alert" className={classes.refusal}>
            {t('undoRefused', { key: ticketKey ?? '', why: message({ code, params }) })}
          </p>
        ))}
        {firing.undoneAt !== null && (
          <p className={classes.quiet}>
            {t('undoneAt')} <Moment at={firing.undoneAt} />
          </p>
        )}
      </div>
      {mayUndo && firing.outcome === 'DONE' && firing.undoneAt === null && (
        <Button
          size="compact-sm"
          variant="default"
          loading={loading}
          leftSection={<IconArrowBackUp size={14} aria-hidden="true" />}
          aria-label={t('undoOf', { name: firing.ruleName, key: firing.ticketKey ?? '' })}
          onClick={() => void takeBack()}
        >
          {t('undo')}
        </Button>
      )}
    </li>
  );
}
