import { Module } from '@nestjs/common';
import { ColumnGates } from './column-gates.ts';

/** The one provider of gates, in the api as in the worker: a room that has something to ask for imports it, and registers there. */
@Module({ providers: [ColumnGates], exports: [ColumnGates] })
export class GatesModule {}
