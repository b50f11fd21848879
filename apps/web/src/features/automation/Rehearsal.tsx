import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { Moment } from '../shell/Moment.tsx';
import { useTicketWords } from '../ticket/useTicketWords.ts';
import type { RehearseRuleQuery } from './automation.generated.ts';
import type { RuleWords } from './rule-words.ts';
import classes from './Rules.module.css';

interface Effect {
  field: string;
  from: unknown;
  to: unknown;
}

export interface RehearsalProps {
  found: RehearseRuleQuery['rehearseRule'];
  words: RuleWords;
  /** Of the rule that is being written. */
  name: string;
}

/** What a rule would have done within the last 30 days. */
export function Rehearsal({ found, words, name }: RehearsalProps) {
  const { t } = useTranslation('automation');
  const ticket = useTicketWords();
  const format = useFormat();
  const contradicted = found.firings.filter((one) => one.contradicted.length > 0).length;
  return (
    <section className={classes.rehearsal} aria-label={t('rehearsal.title')}>
      <p role="status">
        {t('rehearsal.summary', { events: found.events, matched: found.matched, changing: found.changing, since: format.day(found.since) })}
        {found.isShort && ` ${t('rehearsal.short')}`}
        {found.hasMoreTickets && ` ${t('rehearsal.moreTickets')}`}
      </p>
      {found.unknown > 0 && (
        <p>{t('rehearsal.unknown', { count: found.unknown, fields: found.unknownFields.map((field) => ticket.field(field)).join(', ') })}</p>
      )}
      {found.loops.length > 0 && (
        <p>{t('rehearsal.loops', { ways: found.loops.map((way) => [...way, way[0]].map((one) => one || name || t('thisRule')).join(' → ')).join('; ') })}</p>
      )}
      {contradicted > 0 && <p>{t('rehearsal.contradicted', { count: contradicted })}</p>}
      {found.firings.length > 0 && (
        <ul className={classes.changes} aria-label={t('rehearsal.firings')}>
          {found.firings.map((firing, i) => (
            <li key={i}>
              {firing.ticketKey !== null && (
                <Link to="/tickets/$ticketKey" params={{ ticketKey: firing.ticketKey }}>
                  {firing.ticketKey} {firing.ticketTitle}
                </Link>
              )}{' '}
              <Moment at={firing.at} />
              {': '}
              {[
                ...(firing.effects as Effect[]).map(({ field, from, to }) =>
                  t('rehearsal.effect', { field: words.field(field), from: words.value(field, from), to: words.value(field, to) }),
                ),
                ...firing.deeds.map((deed) => t(`deed_${deed}`)),
              ].join('; ')}
              {firing.contradicted.length > 0 && ` (${t('rehearsal.otherwise', { fields: firing.contradicted.map(words.field).join(', ') })})`}
              {firing.confirmed.length > 0 && ` (${t('rehearsal.same', { fields: firing.confirmed.map(words.field).join(', ') })})`}
            </li>
          ))}
        </ul>
      )}
      {found.changing > found.firings.length && <p>{t('rehearsal.more', { count: found.changing - found.firings.length })}</p>}
    </section>
  );
}
