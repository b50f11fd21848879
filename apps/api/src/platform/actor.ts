import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from './domain-error.ts';
import type { EventTurn } from './graphql/event-turns.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks: set by AccessService before the routes that look at it; null when nobody is signed in. */
    actor: Actor | null;
    /** The browser session the actor came by; null for tokens. */
    sessionId: string | null;
    /** When that was looked up, by the clock of this process. */
    identifiedAt: number;
  }
}

/** What resolvers get as context: one of its own for each request, and for each subscription. */
export interface RequestContext {
  req: FastifyRequest;
  reply?: FastifyReply;
  /** Who asks, now: a subscription looks again before each of its events. Resolvers read it here and nowhere else. */
  actor: Actor | null;
  /** Loaders of this request or event, made on first use. */
  loaders: Map<symbol, unknown>;
  /** Of a subscription: aborted once nobody listens any more, so that it does not wait for its next event to notice. */
  ended?: AbortSignal;
  /** Of a subscription: taken by `lookAgain` before each event. Whoever looked and has no event ends it before they wait for one. */
  turn?: EventTurn;
}

/** Of a request: whoever signs in by it is its actor from then on. A GET has no reply to write to, for it changes nothing. */
export function contextOfRequest(req: FastifyRequest, reply: FastifyReply): RequestContext {
  return {
    req,
    ...(req.method === 'GET' ? {} : { reply }),
    get actor() {
      return req.actor;
    },
    loaders: new Map(),
  };
}

/** Of a subscription: it begins with who opened the socket, and shares nothing with others on it. */
export const contextOfSubscription = (req: FastifyRequest, ended: AbortSignal, turn: EventTurn): RequestContext => ({
  req,
  actor: req.actor,
  loaders: new Map(),
  ended,
  turn,
});

const PUBLIC = Symbol('public');
/** For the few routes and resolvers that need no sign-in. Everything else is refused without an actor. */
export const Public = () => SetMetadata(PUBLIC, true);
const RUNNER = Symbol('runner');
/** For the runner protocol, which has a guard and a secret of its own. */
export const ForRunner = () => SetMetadata(RUNNER, true);

export function requestOf(context: ExecutionContext): FastifyRequest {
  if (context.getType<string>() === 'graphql') return GqlExecutionContext.create(context).getContext<RequestContext>().req;
  return context.switchToHttp().getRequest<FastifyRequest>();
}

export function actorOf(context: ExecutionContext): Actor | null {
  if (context.getType<string>() === 'graphql') return GqlExecutionContext.create(context).getContext<RequestContext>().actor;
  return context.switchToHttp().getRequest<FastifyRequest>().actor;
}

/** The signed-in actor of a guarded resolver or route. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const actor = actorOf(context);
  if (!actor) throw new DomainError('UNAUTHENTICATED');
  return actor;
});

export const CurrentRequest = createParamDecorator((_: unknown, context: ExecutionContext): FastifyRequest => requestOf(context));

/**
 * The reply of a GraphQL call over HTTP, for cookies. Not a parameter decorator: a Fastify reply is thenable, and Nest
 * awaits parameters, so it would wait for its own answer.
 */
export function replyOf(context: RequestContext): FastifyReply {
  if (!context.reply) throw new DomainError('BAD_INPUT', { reason: 'this operation needs an HTTP request' });
  return context.reply;
}
export { PUBLIC, RUNNER };
