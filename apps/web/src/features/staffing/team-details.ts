import { TEAM_DESCRIPTION_MAX, TEAM_NAME_MAX } from '@trainyard/domain';
import * as z from 'zod/mini';
import { optionalText, requiredText } from '../shell/form/rules.ts';

export const teamDetails = z.object({ name: requiredText(TEAM_NAME_MAX), description: optionalText(TEAM_DESCRIPTION_MAX) });
