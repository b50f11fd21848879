import { createParamDecorator, SetMetadata, type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLResolveInfo } from 'graphql';
import { DomainError } from './domain-error.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks: set by AccessService before the routes that look at it; null when nobody is signed in. */
    actor: Actor | null;
    /** The browser session the actor came by; null for tokens. */
    sessionId: string | null;
  }
}

/** What resolvers get as context. */
export interface RequestContext {
  req: FastifyRequest;
  reply?: FastifyReply;
  actor: Actor | null;
  /** Loaders of this request, made on first use. */
  loaders: Map<symbol, unknown>;
}

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

/** Global: deny unless signed in, marked public, or left to the runner's guard. */
@Injectable()
export class SignedInGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const marked = (key: symbol): boolean => this.reflector.getAllAndOverride<boolean>(key, [context.getHandler(), context.getClass()]) === true;
    if (marked(PUBLIC) || marked(RUNNER)) return true;
    const { actor } = requestOf(context);
    if (!actor) throw new DomainError('UNAUTHENTICATED');
    // Whatever a mutation asks for itself: a token that may only read changes nothing at all.
    if (actor.scopes !== null && isMutation(context) && !actor.scopes.some((scope) => scope !== 'READ')) {
      throw new DomainError('TOKEN_SCOPE', {}, 'This access token may only read. Make one with the scope WRITE.');
    }
    return true;
  }
}

function isMutation(context: ExecutionContext): boolean {
  return context.getType<string>() === 'graphql' && GqlExecutionContext.create(context).getInfo<GraphQLResolveInfo>().operation.operation === 'mutation';
}

/** The signed-in actor of a guarded resolver or route. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = requestOf(context);
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
