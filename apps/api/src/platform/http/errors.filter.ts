import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { ErrorCode, ErrorParams } from '@trainyard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type ExecutionResult, type GraphQLResolveInfo } from 'graphql';
import { GqlArgumentsHost } from '@nestjs/graphql';
import { randomUUID } from 'node:crypto';
import { MAX_TOKENS } from '../graphql/document-limits.ts';
import type { RequestContext } from '../actor.ts';
import { DomainError } from '../domain-error.ts';
import { Refusals } from './refusals.ts';
import { SparingLog } from '../sparing-log.ts';
import { GIVEN_UP, queryCause, sqlState } from '../sql/database.ts';

export interface PublicError {
  code: ErrorCode;
  message: string;
  params: ErrorParams;
  status: number;
}

const log = new Logger('Errors');
/** A database that is away fails every request: that is one line a second, not a stack for each. */
const outages = new SparingLog((line) => log.warn(line));

/**
 * SQLSTATEs of a value that PostgreSQL cannot take as the type asked for: text that is no uuid or number, a number or date
 * out of range, a zero byte in text or JSON.
 */
const MALFORMED = new Set(['22P02', '22003', '22007', '22008', '22021', '22P05']);
/** SQLSTATE classes that say the database is away or full, or has hung up on a transaction, rather than that we are wrong. */
const AWAY = /^(08|57P0|533|53400|25P0[34])/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** What the pool and the driver say without a code. */
const AWAY_WORDS =
  /Connection terminated|the database system is|timeout exceeded when trying to connect|Client has encountered a connection error|DataSource is not set|Cannot use a pool after calling end/;

/** What the caller may learn of an error. Anything unforeseen becomes INTERNAL with a number to find it in the log by. */
export function publicError(error: unknown): PublicError {
  if (error instanceof DomainError) return { code: error.code, message: error.message, params: error.params, status: error.status };
  // What a query was given up for, rather than what is wrong with it.
  const cause = queryCause(error);
  if (cause instanceof DomainError) return publicError(cause);
  if (isGivenUp(error)) return { code: 'BAD_INPUT', message: 'The request ended before all of it was sent.', params: {}, status: 400 };
  if (isAway(error)) {
    outages.tell('away', `The database does not answer: ${error instanceof Error ? error.message : String(error)}`);
    return { code: 'UNAVAILABLE', message: 'The database is not reachable at the moment. Try again shortly.', params: {}, status: 503 };
  }
  const state = sqlState(error) ?? '';
  if (state === GIVEN_UP) {
    outages.tell('slow', `A statement was given up: ${error instanceof Error ? error.message : String(error)}`);
    return { code: 'UNAVAILABLE', message: 'The database took too long, and nothing was changed. Try again shortly.', params: {}, status: 503 };
  }
  if (MALFORMED.has(state)) return { code: 'BAD_INPUT', message: 'A value has the wrong form.', params: {}, status: 400 };
  if (state === '53100') return { code: 'STORAGE_FULL', message: 'The database has no room left.', params: {}, status: 507 };
  // GraphQL's own word about a document or its variables, whoever threw it: a caller's fault in the caller's terms.
  if (error instanceof GraphQLError)
    return error.originalError ? publicError(error.originalError) : { code: 'BAD_INPUT', message: error.message, params: {}, status: 400 };
  const systemCode = (error as { code?: unknown } | null)?.code;
  if (systemCode === 'ENOSPC') return { code: 'STORAGE_FULL', message: 'The disk has no room left.', params: {}, status: 507 };
  if (systemCode === 'FST_ERR_CTP_BODY_TOO_LARGE') return { code: 'TOO_LARGE', message: 'The request is too large.', params: {}, status: 413 };
  // Fastify's own word about a body that is none: empty, or no JSON.
  if (typeof systemCode === 'string' && systemCode.startsWith('FST_ERR_CTP_'))
    return { code: 'BAD_INPUT', message: (error as unknown as Error).message, params: {}, status: 400 };
  const status = error instanceof HttpException ? error.getStatus() : refusedWith(error);
  if (status !== null) {
    const code: ErrorCode =
      status === 404 ? 'NOT_FOUND' : status === 413 ? 'TOO_LARGE' : status === 429 ? 'RATE_LIMITED' : status < 500 ? 'BAD_INPUT' : 'INTERNAL';
    return { code, message: (error as Error).message, params: {}, status };
  }
  const reference = randomUUID().slice(0, 8);
  log.error(`${reference} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return { code: 'INTERNAL', message: `Something went wrong on our side (reference ${reference}).`, params: { reference }, status: 500 };
}

/** The status by which what serves us refuses a request, such as one for a file whose name cannot be; null where it is no such word. */
function refusedWith(error: unknown): number | null {
  const status = error instanceof Error ? (error as { statusCode?: unknown }).statusCode : null;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}

/** Whether whoever sent the request went away in the middle of it: Node gives its body the code of a lost connection. */
const isGivenUp = (error: unknown): boolean => error instanceof Error && error.message === 'aborted' && (error as { code?: unknown }).code === 'ECONNRESET';

/** Whether the database is away or has no connection left: also where no statement was sent, and where several addresses were tried. */
function isAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isAway);
  const code = sqlState(error) ?? (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && (AWAY.test(code) || NETWORK.has(code))) return true;
  return error instanceof Error && !(error instanceof DomainError) && AWAY_WORDS.test(error.message);
}

/** Routes: {code, message, params} with the code's status. GraphQL errors are shaped by `formatErrors`. */
@Catch()
export class ErrorsFilter implements ExceptionFilter {
  constructor(private readonly refusals: Refusals) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    if (error instanceof DomainError) this.tell(error, host);
    if (host.getType<string>() === 'graphql') return error;
    const { status, ...body } = publicError(error);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (!reply.sent) void reply.status(status).send(body);
    return undefined;
  }

  private tell({ code, params }: DomainError, host: ArgumentsHost): void {
    const permission = params['permission'] === undefined ? {} : { permission: params['permission'] };
    if (host.getType<string>() !== 'graphql') {
      const request = host.switchToHttp().getRequest<FastifyRequest>();
      return this.refusals.refused(request, code, { operation: `${request.method} ${request.routeOptions.url ?? ''}`, ...permission });
    }
    const graphql = GqlArgumentsHost.create(host);
    const info = graphql.getInfo<GraphQLResolveInfo>();
    this.refusals.refused(graphql.getContext<RequestContext>().req, code, { operation: `${info.operation.operation} ${info.fieldName}`, ...permission });
  }
}

/** GraphQL answers 200 with `errors[].extensions.code`, whatever went wrong inside an operation. */
export function formatErrors(execution: ExecutionResult & { errors: readonly GraphQLError[] }): { statusCode: number; response: ExecutionResult } {
  return { statusCode: 200, response: { data: execution.data ?? null, errors: execution.errors.flatMap(publicGraphqlErrors) } };
}

function publicGraphqlErrors(error: GraphQLError): GraphQLError[] {
  const cause = error.originalError as (Error & { code?: unknown; errors?: readonly Error[] }) | undefined;
  // Mercurius gathers what is wrong with a document in one error.
  if (cause?.errors) return cause.errors.map((each) => refusedDocument(each, { reason: 'DOCUMENT' }));
  if (typeof cause?.code === 'string' && cause.code.startsWith('MER_ERR')) return [refusedDocument(cause)];
  if (!cause) return [typeof error.extensions?.code === 'string' ? error : refusedDocument(error)];
  const { code, message, params } = publicError(cause);
  return [new GraphQLError(message, { nodes: error.nodes, path: error.path, extensions: { code, params } })];
}

/** The parser's own word for a document of more tokens than it was told to take. */
const TOO_MANY_TOKENS = /more that \d+ tokens/;

/** `reason` DOCUMENT: it asks for what this schema does not have, as a page from before an upgrade does. */
function refusedDocument(error: Error & { code?: unknown }, params: ErrorParams = {}): GraphQLError {
  const nodes = error instanceof GraphQLError ? error.nodes : undefined;
  if (TOO_MANY_TOKENS.test(error.message)) return new GraphQLError(error.message, { extensions: { code: 'QUERY_TOO_COMPLEX', params: { limit: MAX_TOKENS } } });
  return new GraphQLError(error.message, { nodes, extensions: { code: 'BAD_INPUT', params } });
}
