import { PASSWORD_MIN } from '@trainyard/domain';
import * as z from 'zod/mini';

/** What a field can be wrong about: `shell:form.<name>`. */
export type FieldProblem = 'required' | 'tooLong' | 'email' | 'password' | 'mismatch' | 'percent' | 'key' | 'period' | 'day' | 'number';

const problem = (name: FieldProblem): FieldProblem => name;

export const requiredText = (max: number) => z.string().check(z.trim(), z.minLength(1, problem('required')), z.maxLength(max, problem('tooLong')));

export const optionalText = (max: number) => z.string().check(z.trim(), z.maxLength(max, problem('tooLong')));

export const emailAddress = z.string().check(z.trim(), z.minLength(1, problem('required')), z.email(problem('email')));

/** Taken as it is: a password may begin or end with a space. */
export const givenPassword = z.string().check(z.minLength(1, problem('required')));

/** The same floor as the server's; what else is weak (the person's own name) the server says. */
export const newPassword = z.string().check(z.refine((value) => [...value].length >= PASSWORD_MIN, problem('password')));

export const wholePercent = z.number(problem('percent')).check(z.int(problem('percent')), z.gte(0, problem('percent')), z.lte(100, problem('percent')));
