import * as z from 'zod/mini';
import { optionalText, requiredText } from '../shell/form/rules.ts';

export const teamDetails = z.object({ name: requiredText(120), description: optionalText() });
