import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import type { HealthLevel } from '@trainyard/domain';

export const HEALTH_LOOKS = {
  GREEN: { icon: IconCircleCheck, tone: 'good' },
  AMBER: { icon: IconAlertTriangle, tone: 'warn' },
  RED: { icon: IconCircleX, tone: 'bad' },
  UNKNOWN: { icon: IconCircleDashed, tone: 'quiet' },
} as const satisfies Record<HealthLevel, unknown>;
