import { useQuery } from '@apollo/client/react';
import { Link, useParams } from '@tanstack/react-router';
import { can } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { Page } from '../shell/Page.tsx';
import { Waiting } from '../shell/Waiting.tsx';
import { RuleProjectDocument } from './automation.generated.ts';
import { Firings } from './Firings.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { RuleSentence } from './RuleSentence.tsx';
import { RuleState } from './RuleState.tsx';
import { useRules } from './useRules.ts';
import { useRuleWords, type RuleProject } from './rule-words.ts';

const NEW = 'new';

/** One rule: what it says, what it would have done, what it did. */
export function RulePage() {
  const { projectKey = '' } = useParams({ strict: false });
  const { t } = useTranslation('automation');
  const { data, error, refetch } = useQuery(RuleProjectDocument, { variables: { key: projectKey }, fetchPolicy: 'network-only' });
  if (data && !data.project) return <NotFoundPage />;
  if (data?.project) return <RuleOf project={data.project} />;
  return (
    <Page title={t('title')}>
      <Waiting error={error} onRetry={refetch} height={240} />
    </Page>
  );
}

function RuleOf({ project }: { project: RuleProject }) {
  const { ruleId = '' } = useParams({ strict: false });
  const { t } = useTranslation('automation');
  const words = useRuleWords(project);
  const mayManage = can(useActor(), 'rule.manage', scopeOf(project));
  const { rules, error, refetch, news } = useRules(project);
  const rule = rules?.find(({ id }) => id === ruleId);
  const isNew = ruleId === NEW;
  if ((rules && !rule && !isNew) || (isNew && !mayManage)) return <NotFoundPage />;
  const trail = [
    <Link to="/projects/$projectKey/rules" params={{ projectKey: project.key }}>
      {t('title')}
    </Link>,
  ];
  return (
    <Page title={isNew ? t('new') : (rule?.name ?? '')} frame="reading" trail={trail} actions={rule && <RuleState rule={rule} words={words} />}>
      {!rules && <Waiting error={error} onRetry={refetch} height={240} />}
      {rule?.faults.map((fault) => (
        <p key={`${fault.kind} ${fault.field} ${fault.value}`} role="alert">
          {words.fault(fault)}
        </p>
      ))}
      {rules && mayManage && <RuleEditor key={`${ruleId} ${rule?.version ?? 0}`} project={project} rule={rule ?? null} words={words} />}
      {rules && !mayManage && rule && <RuleSentence rule={rule} words={words} />}
      {rule && <Firings project={project} ruleId={rule.id} news={news} />}
    </Page>
  );
}
