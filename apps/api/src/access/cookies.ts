import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config.ts';

/** A cookie of ours, by its name over plain http. */
export interface Cookie {
  name: string;
  days: number;
  sameSite: 'lax' | 'strict';
}

/**
 * Cookies that scripts cannot read. Where people come by https their names begin with `__Host-`: no other host of the domain,
 * and no page without https, can set a cookie of such a name.
 */
@Injectable()
export class Cookies {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** What the browser sent. Under https the name of http counts for nothing: a page of another subdomain can set it, and sign a visitor in as somebody else. */
  read(request: FastifyRequest, { name }: Cookie): string | undefined {
    return request.cookies[this.nameOf(name)];
  }

  set(reply: FastifyReply, { name, days, sameSite }: Cookie, value: string): void {
    void reply.setCookie(this.nameOf(name), value, { httpOnly: true, sameSite, secure: this.isSecure, path: '/', maxAge: days * 24 * 3600 });
    if (this.isSecure) void reply.clearCookie(name, { path: '/' });
  }

  clear(reply: FastifyReply, { name }: Cookie): void {
    for (const each of new Set([name, this.nameOf(name)])) void reply.clearCookie(each, { path: '/', secure: this.isSecure });
  }

  private get isSecure(): boolean {
    return this.config.publicUrl?.startsWith('https:') ?? false;
  }

  private nameOf(name: string): string {
    return this.isSecure ? `__Host-${name}` : name;
  }
}
