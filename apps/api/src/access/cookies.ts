import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config.ts';
import { Database, row } from '../platform/sql/database.ts';

/** A cookie of ours, by the name that all installations share. */
export interface Cookie {
  name: string;
  days: number;
  sameSite: 'lax' | 'strict';
}

/**
 * Cookies that scripts cannot read. Each name ends with the installation: a cookie knows no port, so two installations of one
 * host would otherwise sign each other's people out. Where people come by https the names begin with `__Host-`: no other host
 * of the domain, and no page without https, can set a cookie of such a name.
 */
@Injectable()
export class Cookies implements OnModuleInit {
  private installation = '';

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
  ) {}

  async onModuleInit(): Promise<void> {
    const found = await row<{ id: string }>(this.database.direct, 'SELECT id FROM installation');
    if (!found) throw new Error('The table "installation" is empty; it says who this database is.');
    this.installation = found.id.slice(0, 8);
  }

  /**
   * What the browser sent. Under https the name of http counts for nothing: a page of another subdomain can set it, and sign a
   * visitor in as somebody else. The name without an installation is that of earlier versions: an upgrade signs nobody out.
   */
  read(request: FastifyRequest, { name }: Cookie): string | undefined {
    return request.cookies[this.nameOf(name)] ?? request.cookies[`${this.prefix}${name}`];
  }

  set(reply: FastifyReply, { name, days, sameSite }: Cookie, value: string): void {
    void reply.setCookie(this.nameOf(name), value, { httpOnly: true, sameSite, secure: this.isSecure, path: '/', maxAge: days * 24 * 3600 });
    if (this.isSecure) void reply.clearCookie(this.nameOf(name, ''), { path: '/' });
  }

  /** The earlier name stays: it may be another installation's, and the session behind it has ended if it was this one's. */
  clear(reply: FastifyReply, { name }: Cookie): void {
    for (const each of new Set([this.nameOf(name, ''), this.nameOf(name)])) void reply.clearCookie(each, { path: '/', secure: this.isSecure });
  }

  private get isSecure(): boolean {
    return this.config.publicUrl?.startsWith('https:') ?? false;
  }

  private get prefix(): string {
    return this.isSecure ? '__Host-' : '';
  }

  private nameOf(name: string, prefix = this.prefix): string {
    return `${prefix}${name}_${this.installation}`;
  }
}
