import type { ErrorCode } from '@trainyard/domain';
import type { FastifyRequest } from 'fastify';

/** Whoever wants to hear of refused requests. The audit trail does; what refuses them need not know that there is one. */
export abstract class Refusals {
  /** Never throws and never waits: a refusal must not fail or slow down over being told. */
  abstract refused(request: FastifyRequest, code: ErrorCode, details: Record<string, unknown>): void;
}
