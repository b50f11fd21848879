import { useQuery } from '@apollo/client/react';
import { Checkbox } from '@mantine/core';
import { IconPlus, IconRobot } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { can, RULES_EACH } from '@trainyard/domain';
import { EmptyState, Table } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { LinkButton } from '../shell/LinkButton.tsx';
import { Moment } from '../shell/Moment.tsx';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { Page } from '../shell/Page.tsx';
import { Waiting } from '../shell/Waiting.tsx';
import { RuleProjectDocument } from './automation.generated.ts';
import { Firings } from './Firings.tsx';
import { RuleSentence } from './RuleSentence.tsx';
import { RuleState } from './RuleState.tsx';
import { useRuleWords, type RuleProject } from './rule-words.ts';
import { useRules } from './useRules.ts';
import { useRuleSwitch } from './useRuleSwitch.ts';

/** The rules of a project, and what they did. */
export function RulesPage() {
  const { projectKey = '' } = useParams({ strict: false });
  const { t } = useTranslation('automation');
  const { data, error, refetch } = useQuery(RuleProjectDocument, { variables: { key: projectKey }, fetchPolicy: 'network-only' });
  const project = data?.project;
  if (data && !project) return <NotFoundPage />;
  if (!project)
    return (
      <Page title={t('title')}>
        <Waiting error={error} onRetry={refetch} height={200} />
      </Page>
    );
  return <RulesOf project={project} />;
}

function RulesOf({ project }: { project: RuleProject }) {
  const { t } = useTranslation('automation');
  const words = useRuleWords(project);
  const mayManage = can(useActor(), 'rule.manage', scopeOf(project));
  const { rules, error, refetch, news } = useRules(project);
  const { toggle, loading } = useRuleSwitch();
  const projectKey = project.key;
  const make = mayManage && rules && rules.length < RULES_EACH && (
    <LinkButton to="/projects/$projectKey/rules/$ruleId" params={{ projectKey, ruleId: 'new' }} leftSection={<IconPlus size={14} aria-hidden="true" />}>
      {t('new')}
    </LinkButton>
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={rules && rules.length > 0 && make}>
      {!rules && <Waiting error={error} onRetry={refetch} height={160} />}
      {rules?.length === 0 && <EmptyState icon={<IconRobot />} title={t('none')} text={t(mayManage ? 'noneText' : 'noneReader')} action={make} />}
      {rules && rules.length > 0 && (
        <Table
          caption={t('title')}
          list
          minWidth={760}
          head={
            <>
              <th scope="col">{t('column.name')}</th>
              <th scope="col">{t('column.state')}</th>
              <th scope="col">{t('column.owner')}</th>
              <th scope="col">{t('column.last')}</th>
              {mayManage && <th scope="col">{t('column.on')}</th>}
            </>
          }
        >
          {rules.map((rule) => (
            <tr key={rule.id} role="row">
              <th role="rowheader" scope="row">
                <Link to="/projects/$projectKey/rules/$ruleId" params={{ projectKey, ruleId: rule.id }}>
                  {rule.name}
                </Link>
                <RuleSentence rule={rule} words={words} />
              </th>
              <td role="cell" data-head={t('column.state')}>
                <RuleState rule={rule} words={words} />
              </td>
              <td role="cell" data-head={t('column.owner')}>
                {rule.owner?.name ?? t('ownerGone')}
              </td>
              <td role="cell" data-head={t('column.last')}>
                {rule.lastFiredAt === null ? t('neverFired') : <Moment at={rule.lastFiredAt} />}
              </td>
              {mayManage && (
                <td role="cell" data-head={t('column.on')}>
                  <Checkbox
                    checked={rule.enabled}
                    disabled={loading}
                    aria-label={t(rule.enabled ? 'switchOff' : 'switchOn', { name: rule.name })}
                    onChange={() => void toggle(rule)}
                  />
                </td>
              )}
            </tr>
          ))}
        </Table>
      )}
      {rules && rules.length > 0 && <Firings project={project} ruleId={null} news={news} />}
    </Page>
  );
}
