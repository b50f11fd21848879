import { PeopleBoardActivity1764000000001 } from './0001-people-board-activity.ts';
import { TrainingDatasets1764000000002 } from './0002-training-datasets.ts';
import { FailureParams1764000000003 } from './0003-failure-params.ts';
import { NamesInTheLog1764000000004 } from './0004-names-in-the-log.ts';
import { RunDoubt1764000000005 } from './0005-run-doubt.ts';
import { RetryPause1764000000006 } from './0006-retry-pause.ts';
import { LeaseWatch1764000000007 } from './0007-lease-watch.ts';
import { LogParams1764000000008 } from './0008-log-params.ts';
import { Installation1764000000009 } from './0009-installation.ts';
import { NormalForms1764000000010 } from './0010-normal-forms.ts';
import { RunnerCredentials1764000000011 } from './0011-runner-credentials.ts';
import { AuditAndSessions1764000000012 } from './0012-audit-and-sessions.ts';
import { TableReadings1764000000013 } from './0013-table-readings.ts';
import { InstallationDatabase1764000000014 } from './0014-installation-database.ts';
import { RowsAtTheTop1764000000015 } from './0015-rows-at-the-top.ts';
import { SessionProof1764000000016 } from './0016-session-proof.ts';
import { KnownBrowsers1764000000017 } from './0017-known-browsers.ts';
import { KindsOfRuns1764000000018 } from './0018-kinds-of-runs.ts';
import { Placement1764000000019 } from './0019-placement.ts';
import { JobsAndReaders1764000000020 } from './0020-jobs-and-readers.ts';
import { SeriesWithUnits1764000000021 } from './0021-series-with-units.ts';
import { Webhooks1764000000022 } from './0022-webhooks.ts';
import { Creations1764000000023 } from './0023-creations.ts';
import { Lists1764000000024 } from './0024-lists.ts';
import { Inbox1764000000025 } from './0025-inbox.ts';
import { ProjectsComeAndGo1764000000026 } from './0026-projects-come-and-go.ts';
import { EffectiveMemberships1764000000027 } from './0027-effective-memberships.ts';
import { Subjects1764000000028 } from './0028-subjects.ts';
import { Views1764000000029 } from './0029-views.ts';
import { Attachments1764000000030 } from './0030-attachments.ts';
import { Claims1764000000031 } from './0031-claims.ts';
import { NarrowTickets1764000000032 } from './0032-narrow-tickets.ts';
import { WhatPeopleLeave1764000000033 } from './0033-what-people-leave.ts';
import { ProjectPins1764000000034 } from './0034-project-pins.ts';
import { Home1764000000035 } from './0035-home.ts';
import { RunGroups1764000000037 } from './0037-run-groups.ts';
import { Time1764000000038 } from './0038-time.ts';
import { PlanningFields1764000000039 } from './0039-planning-fields.ts';
import { Sprints1764000000040 } from './0040-sprints.ts';
import { Flow1764000000041 } from './0041-flow.ts';
import { Rules1764000000042 } from './0042-rules.ts';
import { ColumnPolicies1764000000043 } from './0043-column-policies.ts';
import { BacklogColumn1764000000044 } from './0044-backlog-column.ts';
import { Retrospectives1764000000045 } from './0045-retrospectives.ts';
import { RetroActions1764000000046 } from './0046-retro-actions.ts';
import { ReportIndexes1764000000047 } from './0047-report-indexes.ts';
import { CountedPoints1764000000048 } from './0048-counted-points.ts';
import { LogByTime1764000000049 } from './0049-log-by-time.ts';
import { Releases1764000000050 } from './0050-releases.ts';
import { SprintCapacity1764000000051 } from './0051-sprint-capacity.ts';

export const migrations = [
  PeopleBoardActivity1764000000001,
  TrainingDatasets1764000000002,
  FailureParams1764000000003,
  NamesInTheLog1764000000004,
  RunDoubt1764000000005,
  RetryPause1764000000006,
  LeaseWatch1764000000007,
  LogParams1764000000008,
  Installation1764000000009,
  NormalForms1764000000010,
  RunnerCredentials1764000000011,
  AuditAndSessions1764000000012,
  TableReadings1764000000013,
  InstallationDatabase1764000000014,
  RowsAtTheTop1764000000015,
  SessionProof1764000000016,
  KnownBrowsers1764000000017,
  KindsOfRuns1764000000018,
  Placement1764000000019,
  JobsAndReaders1764000000020,
  SeriesWithUnits1764000000021,
  Webhooks1764000000022,
  Creations1764000000023,
  Lists1764000000024,
  Inbox1764000000025,
  ProjectsComeAndGo1764000000026,
  EffectiveMemberships1764000000027,
  Subjects1764000000028,
  Views1764000000029,
  Attachments1764000000030,
  Claims1764000000031,
  NarrowTickets1764000000032,
  WhatPeopleLeave1764000000033,
  ProjectPins1764000000034,
  Home1764000000035,
  RunGroups1764000000037,
  Time1764000000038,
  PlanningFields1764000000039,
  Sprints1764000000040,
  Flow1764000000041,
  Rules1764000000042,
  ColumnPolicies1764000000043,
  BacklogColumn1764000000044,
  Retrospectives1764000000045,
  RetroActions1764000000046,
  ReportIndexes1764000000047,
  CountedPoints1764000000048,
  LogByTime1764000000049,
  Releases1764000000050,
  SprintCapacity1764000000051,
];
