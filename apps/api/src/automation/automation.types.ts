import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  FIRING_OUTCOMES,
  LOOP_REASONS,
  RULE_DEEDS,
  RULE_EVENTS,
  RULE_OFF_REASONS,
  RULE_RECIPIENTS,
  RULE_SUBJECTS,
  RUN_ENDS,
  type Action,
  type EndedRun,
  type EntityKind,
  type FiringOutcome,
  type RuleDeed,
  type RuleEvent,
  type RuleOffReason,
  type RuleRecipient,
  type RuleSubject,
  type TicketKind,
  type TicketState,
} from '@trainyard/domain';
import { PersonType } from '../access/person.types.ts';
import { ActivityActionEnum, EntityKindEnum } from '../activity/activity.types.ts';
import { enumOf } from '../platform/graphql/enum.ts';
import { JSONScalar } from '../platform/graphql/json.scalar.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';
import { PageInfo } from '../platform/lists/page.types.ts';
import { TicketKindEnum, TicketStateEnum } from '../ticket/ticket.types.ts';

const RuleEventEnum = enumOf(RULE_EVENTS);
const RuleDeedEnum = enumOf(RULE_DEEDS);
const RuleSubjectEnum = enumOf(RULE_SUBJECTS);
const RuleRecipientEnum = enumOf(RULE_RECIPIENTS);
const EndedRunEnum = enumOf(RUN_ENDS);
export const FiringOutcomeEnum = enumOf(FIRING_OUTCOMES);
export const LoopReasonEnum = enumOf(LOOP_REASONS);
const RuleOffReasonEnum = enumOf(RULE_OFF_REASONS);
registerEnumType(RuleEventEnum, { name: 'RuleEvent', description: 'What a rule waits for.' });
registerEnumType(RuleDeedEnum, { name: 'RuleDeed', description: 'What a rule does. QUEUE_RUN: once more what the newest run of the ticket trained.' });
registerEnumType(RuleSubjectEnum, {
  name: 'RuleSubject',
  description: 'What a sprint or a time is about: each ticket that the condition finds (of the sprint), or the project once.',
});
registerEnumType(RuleRecipientEnum, { name: 'RuleRecipient', description: 'Whom a rule tells: one person, or whoever that is of the ticket.' });
registerEnumType(EndedRunEnum, { name: 'EndedRun', description: 'How a run ended.' });
registerEnumType(FiringOutcomeEnum, {
  name: 'FiringOutcome',
  description:
    'UNCHANGED: the ticket had all of it. REFUSED: it could not be done, and nothing was. LOOP: the rule stands already in the chain that led to it, or has followed one cause too often.',
});
registerEnumType(LoopReasonEnum, {
  name: 'LoopReason',
  description:
    'Why a rule stopped. AGAIN: it stands in the chain already. LONG: the chain may go no further. OFTEN: it has followed the first cause too often, about one ticket or in all.',
});
registerEnumType(RuleOffReasonEnum, { name: 'RuleOffReason', description: 'Why the server switched a rule off.' });

@InputType({ description: 'When. What an event does not have is left out.' })
export class RuleTriggerInput {
  @Field(() => RuleEventEnum)
  on: RuleEvent;
  @Field(() => String, { nullable: true, description: 'Of FIELD_CHANGED: a field by its name in TicketFacts, such as priority.' })
  field?: string | null;
  @Field(() => String, { nullable: true, description: 'Of FIELD_CHANGED: only where it becomes this; null: whatever it becomes.' })
  to?: string | null;
  @Field(() => ID, { nullable: true, description: 'Of MOVED: only into this column.' })
  columnId?: string | null;
  @Field(() => TicketStateEnum, { nullable: true, description: 'Of MOVED: only where the ticket comes to this state.' })
  state?: TicketState | null;
  @Field(() => [EndedRunEnum], { nullable: true, description: 'Of RUN_ENDED.' })
  runStates?: EndedRun[] | null;
  @Field(() => RuleSubjectEnum, { nullable: true, description: 'Of sprints and schedules.' })
  each?: RuleSubject | null;
  @Field(() => Int, { nullable: true, description: 'Of SCHEDULE: 1 is Monday; null: each day.' })
  weekday?: number | null;
  @Field(() => String, { nullable: true, description: "Of SCHEDULE: a time of the project's zone, such as 03:00." })
  at?: string | null;
}

@InputType({ description: 'Then. What a deed does not have is left out.' })
export class RuleActionInput {
  @Field(() => RuleDeedEnum)
  does: RuleDeed;
  @Field(() => ID, { nullable: true, description: 'Of MOVE; of CREATE_TICKET, where null is the backlog.' })
  columnId?: string | null;
  @Field(() => String, { nullable: true, description: 'Of SET: a field by its name in TicketFacts.' })
  field?: string | null;
  @Field(() => String, { nullable: true, description: 'Of SET: the value as text; null takes it away.' })
  value?: string | null;
  @Field(() => ID, { nullable: true, description: 'Of ADD_LABEL and REMOVE_LABEL.' })
  labelId?: string | null;
  @Field(() => RuleRecipientEnum, { nullable: true, description: 'Of NOTIFY.' })
  who?: RuleRecipient | null;
  @Field(() => ID, { nullable: true, description: 'Of NOTIFY, where a person is told.' })
  personId?: string | null;
  @Field(() => String, { nullable: true, description: 'Of COMMENT and NOTIFY.' })
  text?: string | null;
  @Field(() => String, { nullable: true, description: 'Of CREATE_TICKET.' })
  title?: string | null;
  @Field(() => TicketKindEnum, { nullable: true, description: 'Of CREATE_TICKET.' })
  type?: TicketKind | null;
}

@ObjectType('RuleTrigger', { description: 'When.' })
export class RuleTriggerType {
  @Field(() => RuleEventEnum)
  on: RuleEvent;
  @Field(() => String, { nullable: true })
  field: string | null;
  @Field(() => String, { nullable: true })
  to: string | null;
  @Field(() => ID, { nullable: true })
  columnId: string | null;
  @Field(() => TicketStateEnum, { nullable: true })
  state: TicketState | null;
  @Field(() => [EndedRunEnum], { nullable: true })
  runStates: EndedRun[] | null;
  @Field(() => RuleSubjectEnum, { nullable: true })
  each: RuleSubject | null;
  @Field(() => Int, { nullable: true })
  weekday: number | null;
  @Field(() => String, { nullable: true })
  at: string | null;
}

@ObjectType('RuleAction', { description: 'Then.' })
export class RuleActionType {
  @Field(() => RuleDeedEnum)
  does: RuleDeed;
  @Field(() => ID, { nullable: true })
  columnId: string | null;
  @Field(() => String, { nullable: true })
  field: string | null;
  @Field(() => String, { nullable: true })
  value: string | null;
  @Field(() => ID, { nullable: true })
  labelId: string | null;
  @Field(() => RuleRecipientEnum, { nullable: true })
  who: RuleRecipient | null;
  @Field(() => ID, { nullable: true })
  personId: string | null;
  @Field(() => String, { nullable: true })
  text: string | null;
  @Field(() => String, { nullable: true })
  title: string | null;
  @Field(() => TicketKindEnum, { nullable: true })
  type: TicketKind | null;
}

@ObjectType({ description: 'Why a rule cannot do what it says.' })
export class RuleFault {
  @Field({ description: 'QUERY: the condition is no query. NAME: it names what is not there. COLUMN, LABEL, PERSON, FIELD: an action or the event does.' })
  kind: string;
  @Field(() => String, { nullable: true, description: 'The field of the condition.' })
  field: string | null;
  @Field(() => String, { nullable: true, description: 'What is not there, or what is wrong with the query.' })
  value: string | null;
}

@ObjectType('Rule', { description: 'When something happens, if a ticket is such, then something is done to it.' })
export class RuleType {
  @Field(() => ID)
  id: string;
  @Field(() => ID)
  projectId: string;
  @Field()
  name: string;
  ownerId: string | null;
  @Field(() => PersonType, { nullable: true, description: 'In whose name it acts: whoever wrote it or switched it on last.' })
  owner: PersonType | null;
  @Field()
  enabled: boolean;
  @Field(() => RuleOffReasonEnum, { nullable: true, description: 'Set where the server switched it off.' })
  offReason: RuleOffReason | null;
  @Field(() => RuleTriggerType)
  trigger: RuleTriggerType;
  @Field({ description: 'A query over tickets; empty: every ticket.' })
  condition: string;
  @Field(() => [RuleActionType])
  actions: RuleActionType[];
  @Field(() => [RuleFault], { description: 'Empty: it can do what it says.' })
  faults: RuleFault[];
  @Field(() => Date, { nullable: true, description: 'When its schedule is due next; null: it is off, or has none.' })
  dueAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When it fired last.' })
  lastFiredAt: Date | null;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
}

@ObjectType({ description: 'What a firing did to one thing.' })
export class FiringChange {
  @Field(() => ID, { nullable: true })
  ticketId: string | null;
  @Field(() => String, { nullable: true, description: 'Such as VIS-12.' })
  ticketKey: string | null;
  @Field(() => Int, { description: 'Its row in the log.' })
  seq: number;
  @Field(() => EntityKindEnum)
  entity: EntityKind;
  @Field(() => ActivityActionEnum)
  action: Action;
  @Field(() => JSONScalar, { description: '{field: {from, to}}.' })
  changes: unknown;
}

@ObjectType('RuleFiring', { description: 'What became of an event for a rule.' })
export class RuleFiringType {
  @Field(() => ID)
  id: string;
  @Field(() => ID)
  ruleId: string;
  @Field({ description: 'As it is called now.' })
  ruleName: string;
  @Field(() => Int, { description: 'The version of the rule that fired.' })
  ruleVersion: number;
  @Field(() => FiringOutcomeEnum)
  outcome: FiringOutcome;
  @Field(() => JSONScalar, { nullable: true, description: 'Of REFUSED: {code, params} of the catalogue of errors.' })
  reason: unknown;
  @Field(() => Int, { nullable: true, description: 'The row of the log that fired it.' })
  causedBy: number | null;
  @Field(() => Date, { nullable: true, description: 'The time that was due.' })
  dueAt: Date | null;
  @Field(() => ID, { nullable: true })
  ticketId: string | null;
  @Field(() => String, { nullable: true })
  ticketKey: string | null;
  @Field(() => String, { nullable: true })
  ticketTitle: string | null;
  @Field(() => [String], { description: 'Names of the rules that led to it, itself last.' })
  chain: string[];
  /** The same by id: names may be equal. */
  ruleIds: string[];
  @Field()
  at: Date;
  @Field(() => Date, { nullable: true, description: 'When it was taken back.' })
  undoneAt: Date | null;
}

@ObjectType({ description: 'A page of firings, newest first.' })
export class RuleFiringConnection {
  @Field(() => [RuleFiringType])
  nodes: RuleFiringType[];
  @Field(() => PageInfo)
  pageInfo: PageInfo;
}

@ObjectType({ description: 'Something of a firing that could not be taken back.' })
export class UndoRefusal {
  @Field(() => String, { nullable: true })
  ticketKey: string | null;
  @Field({ description: 'A code of the catalogue of errors.' })
  code: string;
  @Field(() => JSONScalar)
  params: unknown;
}

@ObjectType({ description: 'A firing that was taken back, and what of it was left.' })
export class UndoneFiring {
  @Field(() => RuleFiringType)
  firing: RuleFiringType;
  @Field(() => [UndoRefusal])
  refusals: UndoRefusal[];
}

@InputType({ description: 'A new rule. It is off until it is switched on.' })
export class CreateRuleInput {
  @Field(OWN_ID.type, OWN_ID)
  id?: string | null;
  @Field(() => ID)
  projectId: string;
  @Field()
  name: string;
  @Field(() => RuleTriggerInput)
  trigger: RuleTriggerInput;
  @Field(() => String, { nullable: true, defaultValue: '' })
  condition?: string | null;
  @Field(() => [RuleActionInput])
  actions: RuleActionInput[];
  @Field(() => Boolean, { nullable: true, defaultValue: false })
  enabled?: boolean | null;
}

@InputType({ description: 'What is not given stays. Whoever changes what it does, or switches it on, is its owner from then on.' })
export class UpdateRuleInput {
  @Field(() => String, { nullable: true })
  name?: string | null;
  @Field(() => RuleTriggerInput, { nullable: true })
  trigger?: RuleTriggerInput | null;
  @Field(() => String, { nullable: true })
  condition?: string | null;
  @Field(() => [RuleActionInput], { nullable: true })
  actions?: RuleActionInput[] | null;
  @Field(() => Boolean, { nullable: true })
  enabled?: boolean | null;
}

@InputType({ description: 'A rule that is tried on what has happened; it need not be kept.' })
export class RehearseRuleInput {
  @Field(() => ID, { nullable: true, description: 'The rule that it is a draft of.' })
  ruleId?: string | null;
  @Field(() => ID)
  projectId: string;
  @Field(() => RuleTriggerInput)
  trigger: RuleTriggerInput;
  @Field(() => String, { nullable: true, defaultValue: '' })
  condition?: string | null;
  @Field(() => [RuleActionInput])
  actions: RuleActionInput[];
}

@ObjectType({ description: 'What a rule would have done to one ticket.' })
export class RehearsedFiring {
  @Field(() => ID, { nullable: true })
  ticketId: string | null;
  @Field(() => String, { nullable: true })
  ticketKey: string | null;
  @Field(() => String, { nullable: true })
  ticketTitle: string | null;
  @Field()
  at: Date;
  @Field(() => JSONScalar, { description: '[{field, from, to}] of what would have changed.' })
  effects: unknown;
  @Field(() => [RuleDeedEnum], { description: 'What it would have done beside.' })
  deeds: RuleDeed[];
  @Field(() => [String], { description: 'Fields that a person set otherwise afterwards.' })
  contradicted: string[];
  @Field(() => [String], { description: 'Fields that a person set to the same afterwards.' })
  confirmed: string[];
}

@ObjectType('RuleRehearsal', { description: 'A rule replayed over the log. Nothing was written.' })
export class RuleRehearsal {
  @Field({ description: 'Since when the log was read: 30 days, less where there is more than is read at once.' })
  since: Date;
  @Field({ description: 'Whether that is less than 30 days.' })
  isShort: boolean;
  @Field({ description: 'Whether there are more tickets than were looked at: the newest 20,000.' })
  hasMoreTickets: boolean;
  @Field(() => Int, { description: 'What it waits for happened so often.' })
  events: number;
  @Field(() => Int, { description: 'Of these, the condition held.' })
  matched: number;
  @Field(() => Int, { description: 'Of these, something would have changed.' })
  changing: number;
  @Field(() => Int, { description: 'Of the events, the condition asks for what the log does not tell.' })
  unknown: number;
  @Field(() => [String], { description: 'Those fields of the condition.' })
  unknownFields: string[];
  @Field(() => [RehearsedFiring], { description: 'The newest first, at most 100.' })
  firings: RehearsedFiring[];
  @Field(() => [[String]], { description: 'Ways on which it may lead back to itself, as names of rules.' })
  loops: string[][];
  @Field(() => [RuleFault])
  faults: RuleFault[];
}

@ObjectType({ description: 'The rule that did something.' })
export class RuleMark {
  @Field(() => ID)
  ruleId: string;
  @Field({ description: 'As it is called now.' })
  ruleName: string;
  @Field(() => Int)
  ruleVersion: number;
  @Field({ description: 'The project it is of.' })
  projectKey: string;
}
