import { useQuery } from '@apollo/client/react';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { isEnded, RUN_FIELDS } from '@trainyard/domain';
import { EmptyState } from '@trainyard/ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../access/project-scope.ts';
import { ListPage } from '../lists/ListPage.tsx';
import type { NamesByField } from '../lists/suggestions.ts';
import { useAskedQuery } from '../lists/useAskedQuery.ts';
import { useList } from '../lists/useList.ts';
import type { ListProject } from '../lists/useViewRights.ts';
import { ListNamesDocument, ListProjectDocument } from '../project/list-names.generated.ts';
import { BackLink } from '../shell/LinkButton.tsx';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { useRunCards } from './run-cards.ts';
import { RunsDatasetsDocument, RunsDocument, type RunRowFragment } from './run-list.generated.ts';
import { PARAMETER_NAMES } from './RunFacts.tsx';
import { useRunColumns } from './useRunColumns.tsx';
import { METRIC_NAMES, useRunWords } from './useRunWords.ts';

/** So many projects are listened to at a time: those with runs in sight that are going on. */
const LIVE_PROJECTS_MAX = 8;

/** Every run of a project. */
export function RunsPage() {
  const { projectKey = '' } = useParams({ strict: false });
  return <RunsOfProject key={projectKey} projectKey={projectKey} />;
}

function RunsOfProject({ projectKey }: { projectKey: string }) {
  const { t } = useTranslation('training');
  const { data, error, refetch } = useQuery(ListProjectDocument, { variables: { key: projectKey } });
  if (data && !data.project) return <NotFoundPage />;
  const project = data?.project;
  const [board] = project?.boards ?? [];
  return (
    <Runs
      title={project ? t('list.titleOf', { project: project.name }) : t('runs.title')}
      above={
        project &&
        board && (
          <BackLink to="/projects/$projectKey/board/$boardId" params={{ projectKey: project.key, boardId: board.id }}>
            {t('list.toBoard')}
          </BackLink>
        )
      }
      project={project && { id: project.id, scope: scopeOf(project) }}
      names={{ by: (project?.people ?? []).map(({ name }) => name) }}
      failed={project ? null : error && { error, refetch }}
    />
  );
}

/** The runs of all projects that one may read. */
export function AllRunsPage() {
  const { t } = useTranslation('training');
  const { data } = useQuery(ListNamesDocument);
  const projects = data?.projects ?? NO_PROJECTS;
  return (
    <Runs
      title={t('runs.title')}
      project={null}
      projects={projects}
      names={{ by: (data?.users.nodes ?? []).map(({ name }) => name), project: projects.map(({ key }) => key) }}
    />
  );
}

type KnownProject = { id: string; key: string; name: string };
const NO_PROJECTS: readonly KnownProject[] = [];

interface RunsProps {
  title: string;
  above?: ReactNode;
  /** Null: of all projects; undefined: not known yet. */
  project: ListProject | null | undefined;
  projects?: readonly KnownProject[];
  names: NamesByField;
  /** Why the project is not known. */
  failed?: { error: unknown; refetch: () => unknown } | null | undefined;
}

function Runs({ title, above, project, projects = NO_PROJECTS, names, failed }: RunsProps) {
  const { t } = useTranslation('training');
  const query = useAskedQuery(RUN_FIELDS);
  const words = useRunWords();
  const columns = useRunColumns(projects, project === null);
  const { data } = useQuery(RunsDatasetsDocument);
  const answer = useList(RunsDocument, project !== undefined && query !== null ? { projectId: project?.id ?? null, query } : null, ({ runs }) => runs);
  return (
    <>
      <ListPage
        title={title}
        above={above}
        list={{
          name: 'runs',
          fields: RUN_FIELDS,
          words,
          columns,
          names: { ...names, dataset: (data?.datasets.nodes ?? []).map(({ name }) => name), 'metric.*': METRIC_NAMES, 'param.*': PARAMETER_NAMES },
          example: 'is:going metric.accuracy:>=0.9',
          minWidth: project === null ? 1260 : 1190,
        }}
        answer={failed ? { ...answer, ...failed } : answer}
        project={project}
        empty={<EmptyState icon={<IconPlayerPlay />} title={t('runs.empty')} text={t('list.emptyHint')} />}
      />
      {liveProjects(answer.found?.nodes ?? []).map((id) => (
        <LiveRuns key={id} projectId={id} />
      ))}
    </>
  );
}

const liveProjects = (rows: readonly RunRowFragment[]): string[] =>
  [...new Set(rows.flatMap(({ projectId, card }) => (isEnded(card.state) ? [] : [projectId])))].slice(0, LIVE_PROJECTS_MAX);

/** Keeps the runs of a project that are going on as they are now. */
function LiveRuns({ projectId }: { projectId: string }) {
  useRunCards(projectId);
  return null;
}
