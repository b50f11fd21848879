import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/** JSON lines on stdout; secrets never reach them. */
export function pinoLogger(level: string, process: string): Logger {
  return pino({
    level,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['req.headers.authorization', 'req.headers.cookie', '*.password', '*.token'],
  });
}

/** Nest's own words through the same logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  /** A text, or the fields of a line that is meant for programs. */
  log(message: unknown, context?: string): void {
    if (isFields(message)) return this.logger.info({ context, ...message });
    // Nest announces every route and module at start; that is for debugging.
    const level = context === 'NestApplication' ? 'info' : 'debug';
    this.logger[level]({ context }, String(message));
  }
  error(message: unknown, ...rest: string[]): void {
    this.logger.error({ context: rest.at(-1), stack: rest.length > 1 ? rest[0] : undefined }, String(message));
  }
  warn(message: unknown, context?: string): void {
    if (isFields(message)) return this.logger.warn({ context, ...message });
    this.logger.warn({ context }, String(message));
  }
  debug(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }
  verbose(message: unknown, context?: string): void {
    this.logger.trace({ context }, String(message));
  }
}

const isFields = (message: unknown): message is object => typeof message === 'object' && message !== null && !(message instanceof Error);
