import { Injectable } from '@nestjs/common';
import type { Actor, Locale } from '@trainyard/domain';
import type { FastifyRequest } from 'fastify';
import { Database, row } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import type { SetupType, ViewerType } from './access.types.ts';
import { AccountService } from './account.service.ts';
import { organisation } from './organisation.ts';

/** The demonstration account of the seed; shown on the sign-in page while its password is this. */
export const DEMO = { email: 'demo@trainyard.local', password: 'trainyard-demo' } as const;

@Injectable()
export class ViewerService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountService,
  ) {}

  async setup(): Promise<SetupType> {
    const demo = await row(this.database.direct, 'SELECT 1 AS found FROM app_user WHERE email = $1 AND demo_password AND NOT disabled', [DEMO.email]);
    return { needed: await this.accounts.setupNeeded(), demo: demo ? { ...DEMO } : null };
  }

  async viewer(actor: Actor): Promise<ViewerType> {
    const user = await this.accounts.user(actor, actor.userId);
    const { locale } = (await row<{ locale: Locale | null }>(this.database.direct, 'SELECT locale FROM app_user WHERE id = $1', [actor.userId])) ?? {
      locale: null,
    };
    return {
      user,
      organisation: await organisation(this.database.direct),
      locale,
      teams: Object.entries(actor.teams).map(([teamId, role]) => ({ teamId, role })),
    };
  }

  /** The person who has just signed in by this request. */
  viewerOf(request: FastifyRequest): Promise<ViewerType> {
    if (!request.actor) throw new DomainError('UNAUTHENTICATED');
    return this.viewer(request.actor);
  }
}
