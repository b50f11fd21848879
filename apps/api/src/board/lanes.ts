import { LIFECYCLE_STAGES, type LaneField } from '@trainyard/domain';

/** What lanes are in SQL, over `ticket t`: the lane of a card as text, and for a set of lanes (`lane`) what they are called and how they are ordered. */
interface LaneSql {
  lane: string;
  name: string;
  order: string;
  sources: string;
}

export const LANES: Readonly<Record<LaneField, LaneSql>> = {
  ASSIGNEE: {
    lane: 't.assignee_id::text',
    name: 'person.name',
    order: 'person.name_key',
    sources: 'LEFT JOIN app_user person ON person.id = lane.key::uuid',
  },
  LABEL: { lane: 't.label_ids[1]::text', name: 'label.name', order: 'label.name_key', sources: 'LEFT JOIN label ON label.id = lane.key::uuid' },
  STAGE: {
    lane: 't.stage',
    name: 'NULL::text',
    order: `lpad(array_position(ARRAY['${LIFECYCLE_STAGES.join("', '")}'], lane.key)::text, 4, '0')`,
    sources: '',
  },
};
