import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { actorOf, PUBLIC, RUNNER, type RequestContext } from '../platform/actor.ts';
import { DomainError } from '../platform/domain-error.ts';
import { AccessService } from './access.service.ts';

/** Global: deny unless signed in, marked public, or left to the runner's guard. */
@Injectable()
export class SignedInGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly access: AccessService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const marked = (key: symbol): boolean => this.reflector.getAllAndOverride<boolean>(key, [context.getHandler(), context.getClass()]) === true;
    if (marked(PUBLIC) || marked(RUNNER)) return true;
    const operation = operationOf(context);
    // A socket lives for hours: what its owner might do when it was opened says nothing of now.
    if (operation === 'subscription') await this.access.lookAgain(GqlExecutionContext.create(context).getContext<RequestContext>());
    const actor = actorOf(context);
    if (!actor) throw new DomainError('UNAUTHENTICATED');
    // Whatever a mutation asks for itself: a token that may only read changes nothing at all.
    if (actor.scopes !== null && operation === 'mutation' && !actor.scopes.some((scope) => scope !== 'READ')) {
      throw new DomainError('TOKEN_SCOPE', {}, 'This access token may only read. Make one with the scope WRITE.');
    }
    return true;
  }
}

function operationOf(context: ExecutionContext): 'query' | 'mutation' | 'subscription' | null {
  if (context.getType<string>() !== 'graphql') return null;
  return GqlExecutionContext.create(context).getInfo<GraphQLResolveInfo>().operation.operation;
}
